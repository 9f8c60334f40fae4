//! Why something did not work, as a sentence.

use std::fmt;

/// What the harness gives back; a test can return it.
pub type Result<T = ()> = std::result::Result<T, Failure>;

/// A sentence that says what is wrong and what to do.
pub struct Failure(String);

impl Failure {
    /// What is wrong and what to do, in a sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A test that ends with an error prints it in this way: the sentence, not the type.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(format!("The browser's answer was not what was asked for: {error}."))
    }
}
