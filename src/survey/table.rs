//! CSV → cells with byte places; knows no question.
