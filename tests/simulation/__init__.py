"""A whole round played through the pages: ``make simulation`` plays a large one, the normal tests a small one."""
