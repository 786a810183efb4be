//! Entities that are refused: every case from a file and from standard input, for they are counted differently.
