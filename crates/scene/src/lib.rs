//! State to picture: geometry, SVG, and the same in words and tables.
