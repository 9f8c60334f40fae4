//! How a page is opened: size, theme, motion.

use serde_json::json;

use crate::driver::Driver;
use crate::failure::Result;
use crate::page::Page;
use crate::site::Site;

/// A viewport in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}

impl Size {
    /// Any size.
    pub fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    /// 1280×800.
    pub fn desktop() -> Self {
        Self::new(1280, 800)
    }

    /// 375×700, a telephone held upright.
    pub fn phone() -> Self {
        Self::new(375, 700)
    }

    /// 320×640, the narrowest at which everything must fit.
    pub fn narrow() -> Self {
        Self::new(320, 640)
    }

    /// 2560×1440.
    pub fn wide() -> Self {
        Self::new(2560, 1440)
    }
}

/// How a page shall be opened. [`Browser::open`] is the short way for a page with nothing special.
#[derive(Debug, Clone)]
pub struct Browser {
    size: Size,
    pixels_per_px: u32,
    touch: bool,
    media: Vec<(&'static str, &'static str)>,
}

impl Browser {
    /// Opens a page of a site in a fresh browser, light and with motion.
    pub fn open(site: &Site, path: &str, size: Size) -> Result<Page> {
        Self::with(size).visit(&site.url(path))
    }

    /// A browser with this viewport, light and with motion.
    pub fn with(size: Size) -> Self {
        let media = vec![("prefers-color-scheme", "light"), ("prefers-reduced-motion", "no-preference")];
        Self { size, pixels_per_px: 1, touch: false, media }
    }

    /// The dark theme.
    pub fn dark(self) -> Self {
        self.prefers("prefers-color-scheme", "dark")
    }

    /// `prefers-reduced-motion: reduce`.
    pub fn reduced_motion(self) -> Self {
        self.prefers("prefers-reduced-motion", "reduce")
    }

    /// `forced-colors: active`, as in a contrast theme of the system.
    pub fn forced_colors(self) -> Self {
        self.prefers("forced-colors", "active")
    }

    /// A finger instead of a mouse: no hover, coarse pointer.
    pub fn touch(mut self) -> Self {
        self.touch = true;
        self
    }

    /// Device pixels for a CSS pixel, 1 by default.
    pub fn sharp(mut self, pixels_per_px: u32) -> Self {
        self.pixels_per_px = pixels_per_px;
        self
    }

    /// Starts the browser and opens an address. It returns when the page's `load` event has fired.
    pub fn visit(&self, url: &str) -> Result<Page> {
        let driver = Driver::start()?;
        resize(&driver, self.size, self.pixels_per_px, self.touch)?;
        if self.touch {
            driver.cdp("Emulation.setTouchEmulationEnabled", &json!({ "enabled": true }))?;
        }
        let features: Vec<_> = self.media.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        driver.cdp("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
        let page = Page::new(driver)?;
        page.go(url)?;
        Ok(page)
    }

    fn prefers(mut self, name: &'static str, value: &'static str) -> Self {
        self.media.retain(|(other, _)| *other != name);
        self.media.push((name, value));
        self
    }
}

impl Page {
    /// The window has another size from now on, with a pixel a px and a mouse.
    pub fn resize(&self, size: Size) -> Result {
        resize(&self.driver, size, 1, false)
    }
}

fn resize(driver: &Driver, size: Size, pixels_per_px: u32, touch: bool) -> Result {
    let metrics = json!({
        "width": size.width, "height": size.height, "deviceScaleFactor": pixels_per_px, "mobile": touch,
    });
    driver.cdp("Emulation.setDeviceMetricsOverride", &metrics).map(drop)
}
