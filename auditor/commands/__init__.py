"""The commands, one module each; `cli` registers them."""
