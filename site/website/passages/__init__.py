"""Passages of text: found whatever their layout, cut out of any column, and known again without being kept."""
