"""The storm over nodes and their store."""
