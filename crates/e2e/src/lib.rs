//! A browser to test with, and a place to serve pages from.
//!
//! ```no_run
//! use kafka_lanes_e2e::{Browser, Result, Site, Size};
//!
//! fn a_test() -> Result {
//!     let site = Site::dist()?;
//!     let page = Browser::open(&site, "/", Size::desktop())?;
//!     page.wait_for("document.querySelector('kafka-lanes')?.state", 10)?;
//!     let time: u64 = page.read("document.querySelector('kafka-lanes').state.time_us")?;
//!     assert!(time > 0);
//!     assert_eq!(page.problems()?, Vec::<String>::new());
//!     Ok(())
//! }
//! ```
//!
//! Layers: [`Site`] is a static server with a log; `driver` starts chromedriver and speaks WebDriver over `http`;
//! [`Browser`] says how a page shall be opened (size, theme, motion); [`Page`] is what a test does and asks;
//! `host` makes pages of other people. [`Recipe`] follows a recipe of the docs, and `built` says what all sites must do that
//! were built with one; `npm` has projects with our package.

mod axe;
mod browser;
mod built;
mod driver;
mod failure;
mod host;
mod http;
mod npm;
mod page;
mod pointer;
mod recipe;
mod site;
mod tools;

pub use browser::{Browser, Size};
pub use built::folder;
pub use failure::{Failure, Result};
pub use host::{SCENARIO, bare_page, host_page, in_shadow};
pub use npm::{package, project};
pub use page::Page;
pub use recipe::{Recipe, repository};
pub use site::{Request, STRICT_POLICY, Site};
pub use tools::tool;
