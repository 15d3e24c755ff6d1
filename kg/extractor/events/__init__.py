"""What happened: frames matched against predications, who took part, when and where, and one event for all its
tellings.
"""
