//! What touches the browser, in a browser: the mounted element, and the engine as wasm.
#![cfg(target_arch = "wasm32")]

use kafka_lanes_app::mount;
use kafka_lanes_core::golden;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

const WORLD: &str = "topic t partitions=2
producer p to t rate=5/s
group g reads t
  consumer a
  consumer b
";

#[wasm_bindgen_test]
fn the_golden_world_is_the_same_in_wasm() {
    assert_eq!(golden::digest(), golden::DIGEST);
}

/// A host with a shadow root, and what is mounted in it.
fn mounted(text: &str) -> (HtmlElement, Result<kafka_lanes_app::Mounted, JsError>) {
    let document = web_sys::window().and_then(|window| window.document()).expect("a page");
    let host: HtmlElement = document.create_element("div").expect("a div").unchecked_into();
    let body: Element = document.body().expect("a body").into();
    body.append_child(&host).expect("room in the body");
    let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).expect("a first shadow root");
    let place = document.create_element("div").expect("a div");
    root.append_child(&place).expect("room in the root");
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"controls".into(), &"full".into()).expect("a plain object");
    let result = mount(host.clone(), place, text, &options, js_sys::Function::new_no_args("return Promise.reject()"));
    (host, result)
}

/// Lets Yew draw what it was told.
async fn drawn() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 50).expect("a timer");
    });
    JsFuture::from(promise).await.expect("a timer that fires");
}

fn read(state: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(state.clone(), |value, key| js_sys::Reflect::get(&value, &(*key).into()).unwrap_or(JsValue::NULL))
}

#[wasm_bindgen_test]
async fn a_mounted_world_steps_seeks_and_says_its_state_in_plain_objects() {
    let (host, world) = mounted(WORLD);
    let world = world.unwrap_or_else(|_| panic!("a good scenario"));
    drawn().await;
    world.seek("5s").unwrap_or_else(|_| panic!("a good time"));
    drawn().await;
    let state = world.state();
    assert_eq!(read(&state, &["time_us"]).as_f64(), Some(5_000_000.0));
    assert!(read(&state, &["groups", "g", "members", "a", "assigned"]).is_instance_of::<js_sys::Array>());
    assert!(!read(&state, &["topics"]).is_instance_of::<js_sys::Map>());
    let root = host.shadow_root().expect("its root");
    assert!(root.query_selector_all("svg.picture text").expect("a selector").length() > 10);
    world.step();
    drawn().await;
    assert!(read(&world.state(), &["time_us"]).as_f64() > Some(5_000_000.0));
    assert!(world.seek("soon").is_err());
    drop(world);
    drawn().await;
    assert_eq!(root.query_selector_all("svg").expect("a selector").length(), 0, "freed, it leaves nothing behind");
    host.remove();
}

#[wasm_bindgen_test]
fn a_text_that_says_nothing_is_refused_with_a_sentence() {
    let (host, world) = mounted("cat --> dog");
    assert!(world.is_err());
    host.remove();
}

#[wasm_bindgen_test]
async fn names_are_text_never_markup() {
    let (host, world) = mounted("topic \"<img src=x onerror=alert(1)>\" partitions=1\n");
    let world = world.unwrap_or_else(|_| panic!("an odd name is a name"));
    drawn().await;
    let root = host.shadow_root().expect("its root");
    assert_eq!(root.query_selector_all("img").expect("a selector").length(), 0);
    drop(world);
    host.remove();
}
