"""Questions about a property (how tested, what result, cost, where, since when), recognised and offered as filters."""
