//! To the clipboard, and into files.

use js_sys::{Array, Promise, Reflect, encode_uri_component};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url,
    window,
};

/// Device pixels for a CSS px of a saved picture.
const SHARPNESS: u32 = 2;

/// Puts a text on the clipboard; false where the browser does not let us.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(navigator) = window().map(|window| window.navigator()) else { return false };
    // Not there in pages that did not come over TLS: the generated binding would throw.
    match Reflect::get(&navigator, &"clipboard".into()) {
        Ok(clipboard) if clipboard.is_object() => JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok(),
        _ => false,
    }
}

/// Saves a text as a file.
pub(crate) fn text(name: &str, kind: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts: Array = [JsValue::from(text)].iter().collect();
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        download(name, &blob);
    }
}

/// Draws an SVG file of `size` CSS px and saves it as PNG; none where the browser can't.
pub(crate) async fn png(name: &str, svg: &str, size: (u32, u32)) -> Option<()> {
    let document = window()?.document()?;
    let image = HtmlImageElement::new().ok()?;
    // Not a blob: a strict page allows pictures of itself and `data:`.
    image.set_src(&["data:image/svg+xml,", &String::from(encode_uri_component(svg))].concat());
    JsFuture::from(image.decode()).await.ok()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(size.0 * SHARPNESS);
    canvas.set_height(size.1 * SHARPNESS);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (w, h) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, w, h).ok()?;
    let blob = JsFuture::from(Promise::new(&mut |resolve, _| {
        // A canvas that nothing foreign was drawn on can be read.
        let _ = canvas.to_blob(&resolve);
    }));
    let blob: Blob = blob.await.ok()?.dyn_into().ok()?;
    download(name, &blob);
    Some(())
}

fn download(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    let link = window().and_then(|window| window.document()?.create_element("a").ok());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The browser has taken hold of it by then; a failure to let go of it costs memory alone.
    let _ = Url::revoke_object_url(&url);
}
