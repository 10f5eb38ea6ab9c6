"""People search: an index of its own, of what members say of themselves, each row for those who may read it."""
