# What a lean graph leaves out is said again: SPARQL 1.1 Update for a store that lean graphs were loaded into as they are.
# Run it once after loading; graphs that are not lean are left alone. It does what kg does where it opens a lean file.
PREFIX kg: <https://w3id.org/article-kg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

# What is called by one name has it as its label.
INSERT { GRAPH ?g { ?node rdfs:label ?name } }
WHERE {
  { SELECT ?g ?node (SAMPLE(?called) AS ?name)
    WHERE { GRAPH ?g { ?document kg:profile "lean" . ?node skos:prefLabel ?called } }
    GROUP BY ?g ?node HAVING (COUNT(DISTINCT ?called) = 1) }
  FILTER NOT EXISTS { GRAPH ?g { ?node rdfs:label ?other } }
} ;

# Who acts in an event, or is acted upon, takes part in it.
INSERT { GRAPH ?g { ?event kg:participant ?one } }
WHERE { GRAPH ?g { ?document kg:profile "lean" . ?event kg:agent|kg:patient ?one } } ;

# A claim has the status of the event that it is about, or else the article asserts it.
INSERT { GRAPH ?g { ?claim kg:status ?status } }
WHERE {
  GRAPH ?g {
    ?document kg:profile "lean" .
    ?claim rdf:subject ?about ; rdf:predicate ?predicate ; rdf:object ?object .
    OPTIONAL { ?about kg:status ?its }
    FILTER NOT EXISTS { ?claim kg:status ?other }
  }
  BIND(COALESCE(?its, kg:asserted) AS ?status)
} ;

# A claim is positive, current and extracted where it does not say otherwise.
INSERT { GRAPH ?g { ?claim ?property ?usual } }
WHERE {
  VALUES (?property ?usual) {
    (rdf:type kg:Claim) (kg:polarity kg:positive) (kg:validity kg:current) (kg:origin kg:extracted)
  }
  GRAPH ?g {
    ?document kg:profile "lean" .
    ?claim rdf:subject ?about ; rdf:predicate ?predicate ; rdf:object ?object .
  }
  FILTER NOT EXISTS { GRAPH ?g { ?claim ?property ?other } }
} ;

# A fact is the hash of its subject, predicate and object, as N-Triples write them; where these escape something, it is said.
INSERT { GRAPH ?g { ?claim kg:fact ?fact } }
WHERE {
  GRAPH ?g {
    ?document kg:profile "lean" .
    ?claim rdf:subject ?about ; rdf:predicate ?predicate ; rdf:object ?object .
    FILTER NOT EXISTS { ?claim kg:fact ?other }
  }
  BIND(STRBEFORE(STR(?claim), "claim/") AS ?base)
  BIND(IF(isIRI(?object), CONCAT("<", STR(?object), ">"),
       CONCAT("\"", STR(?object), "\"", IF(LANG(?object) != "", CONCAT("@", LANG(?object)),
         IF(DATATYPE(?object) = xsd:string, "", CONCAT("^^<", STR(DATATYPE(?object)), ">"))))) AS ?written)
  BIND(SHA256(CONCAT("<", STR(?about), ">\u001F<", STR(?predicate), ">\u001F", ?written)) AS ?hash)
  BIND(IRI(CONCAT(?base, "fact/", SUBSTR(?hash, 1, 16))) AS ?fact)
} ;

# Evidence tells in its name where its words are: ev/DOCUMENT-START-END-RULE; they stand in the document's text.
INSERT {
  GRAPH ?g {
    ?evidence a kg:Evidence ; kg:document ?document ; kg:start ?start ; kg:end ?end ; kg:rule ?rule ; kg:quote ?quote
  }
}
WHERE {
  GRAPH ?g {
    ?document kg:profile "lean" .
    { SELECT DISTINCT ?g ?evidence WHERE { GRAPH ?g { ?node kg:evidence|kg:content ?evidence } } }
    OPTIONAL { ?document schema:articleBody ?text }
    OPTIONAL { ?evidence kg:rule ?said }
    OPTIONAL { ?evidence kg:quote ?quoted }
    FILTER NOT EXISTS { ?evidence kg:start ?other }
  }
  FILTER(STRSTARTS(STR(?evidence), CONCAT(REPLACE(STR(?document), "doc/([^/]*)$", "ev/$1"), "-")))
  BIND(STRAFTER(STR(?evidence), CONCAT(REPLACE(STR(?document), "^.*doc/([^/]*)$", "/ev/$1"), "-")) AS ?place)
  BIND(STRBEFORE(?place, "-") AS ?first)
  BIND(STRBEFORE(STRAFTER(?place, "-"), "-") AS ?last)
  BIND(xsd:integer(?first) AS ?start)
  BIND(xsd:integer(?last) AS ?end)
  BIND(COALESCE(?said, STRAFTER(STRAFTER(?place, "-"), "-")) AS ?rule)
  BIND(COALESCE(?quoted, SUBSTR(?text, ?start + 1, ?end - ?start)) AS ?quote)
} ;

DELETE { GRAPH ?g { ?document kg:profile "lean" } }
WHERE { GRAPH ?g { ?document kg:profile "lean" } }
