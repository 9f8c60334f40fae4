//! Every sentence a person reads, one catalogue a language.
