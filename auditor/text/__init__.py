"""What text is made of: blocks, segments, numbers, quotations, languages."""
