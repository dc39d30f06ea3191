//! The page for teachers.

fn main() {
    console_error_panic_hook::set_once();
    language::browser::take_up();
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.get_element_by_id("teacher")) {
        yew::Renderer::<orrery::teacher::view::Teacher>::with_root(root).render();
    }
}
