"""Which words of a bead have a counterpart on its other side, and which stretches have none."""
