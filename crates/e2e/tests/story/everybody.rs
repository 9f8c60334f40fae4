//! For everybody: small screens, light and dark, and what a screen reader is told.

use kafka_lanes_e2e::{Browser, Result, Size, in_shadow};

use crate::support::open_at;

#[test]
fn nobody_is_kept_out_of_the_story() -> Result {
    for size in [Size::desktop(), Size::phone(), Size::narrow()] {
        for dark in [false, true] {
            let browser = Browser::with(size).reduced_motion();
            let browser = if dark { browser.dark() } else { browser };
            let (_site, page) = open_at(&browser, "#story/3/2")?;
            for address in [
                "#story/3/2",
                "#story/7/4",
                "#story/8/4",
                "#story/9/2",
                "#story/10/6",
                "#story/13/6",
                "#story/challenges",
                "#story/challenges/3",
            ] {
                page.js(&format!("location.hash = '{address}'"))?;
                page.painted()?;
                page.wait_for(&format!("{}?.textContent", in_shadow(".sentence")), 5)?;
                let wide: f64 = page.read("document.documentElement.scrollWidth - innerWidth")?;
                assert!(wide <= 0.0, "{size:?} {address} overflows by {wide} px");
                assert_eq!(page.barriers()?, Vec::<String>::new(), "{size:?} {address}, dark: {dark}");
            }
            page.js("location.hash = '#story/8/2'")?;
            page.click(&in_shadow("[part=continue]"))?;
            page.wait_for(&in_shadow(".choices"), 5)?;
            assert_eq!(page.barriers()?, Vec::<String>::new(), "{size:?} a question, dark: {dark}");
            page.press(" ")?;
            page.click(&in_shadow("[part=continue]"))?;
            page.wait_for(&in_shadow(".go .again"), 5)?;
            let wide: f64 = page.read("document.documentElement.scrollWidth - innerWidth")?;
            assert!(wide <= 0.0, "{size:?} a question overflows by {wide} px");
        }
    }
    Ok(())
}
