//! Text in and out: the scenario language, Mermaid, and the state document.
