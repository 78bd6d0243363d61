"""What the storms are made of: here what every storm needs, in a folder of its own what one alone needs."""
