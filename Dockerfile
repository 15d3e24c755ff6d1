# syntax=docker/dockerfile:1
# The program in a container, at the versions of requirements.lock and with its hashes; it runs as a user without rights, and
# writes nowhere but where it is told to:
#
#   docker build -t article-kg .
#   docker run --rm --read-only --network none -v "$PWD:/data" article-kg build article.txt -o article.ttl

FROM python:3.12-slim-bookworm AS builder
WORKDIR /src
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/article-kg
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY kg kg
COPY ontology ontology
COPY queries queries
# Of the lock file what the program and its extras need, and nothing that only its tests need.
COPY .ci/needed.py .ci/needed.py
RUN python .ci/needed.py files exchange mcp > needed.lock \
 && /opt/article-kg/bin/pip install --require-hashes --no-deps -r needed.lock \
 && python -m venv /tmp/build \
 && /tmp/build/bin/pip install 'hatchling>=1.27' \
 && /tmp/build/bin/pip wheel --no-deps --no-build-isolation -w /tmp/wheel . \
 && /opt/article-kg/bin/pip install --no-deps /tmp/wheel/*.whl \
 && /opt/article-kg/bin/pip check

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="article-kg" org.opencontainers.image.licenses="MIT"
COPY --from=builder /opt/article-kg /opt/article-kg
ENV PATH="/opt/article-kg/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 HOME=/nonexistent
WORKDIR /data
USER 10001:10001
ENTRYPOINT ["kg"]
CMD ["--help"]
