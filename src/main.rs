//! The page.

fn main() {
    console_error_panic_hook::set_once();
    yew::Renderer::<orrery::shell::app::App>::new().render();
}
