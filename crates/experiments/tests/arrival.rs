//! Claims about links that have been on the way: what mails, messengers and sentences do to them is undone, or what could not be used
//! is named.

use experiments::fields::FIELDS;
use experiments::link::{self, Weight};
use experiments::{Workbench, preset::Preset};
use proptest::prelude::*;

/// A link with some settings, as the page copies it.
fn settings() -> Workbench {
    let mut workbench = Workbench::from(Preset::Pendulum);
    for (key, value) in [("noise", "0"), ("seed", "7"), ("hidden", "24"), ("lr", "0.002")] {
        link::set(&mut workbench, key, value).expect("a setting");
    }
    workbench
}

fn fragment() -> String {
    link::encode(&settings())
}

#[test]
fn what_happens_to_links_on_their_way_is_undone_without_a_word() {
    let link = fragment();
    let whole = format!("https://example.org/orrery/#{link}");
    let encoded: String = form_urlencoded::byte_serialize(whole.as_bytes()).collect();
    let twice: String = form_urlencoded::byte_serialize(encoded.as_bytes()).collect();
    for arrived in [
        link.clone(),
        format!("#{link}"),
        whole.clone(),
        whole.replace('#', "%23"),
        whole.replace('#', "%2523"),
        whole.replace('#', "?"),
        whole.replace('#', "?%23"),
        whole.replace('#', ""),
        whole.replace('&', "&amp;"),
        whole.replace('&', "&amp;amp;"),
        whole.replace('&', "&#38;"),
        whole.replace('#', "%23").replace('&', "%26"),
        format!("#{}", link.replace('=', "%3D")),
        encoded,
        twice,
        format!("<{whole}>"),
        format!("({whole})"),
        format!("({whole})."),
        format!("“{whole}”"),
        format!("\"{whole}\","),
        format!("«{whole}»"),
        format!("[{whole}]"),
        format!("**{whole}**"),
        format!("`{whole}`"),
        format!("{whole}."),
        format!("{whole}?!"),
        format!("{whole})”."),
        format!("  {whole}\r\n"),
        format!("\u{feff}{whole}\u{200b}"),
        whole.replace("&seed", "&\u{200b}seed"),
        format!("Number #1 of my list: {whole}."),
        format!("<a href=\"{}\">", whole.replace('&', "&amp;")),
        // As an address bar encodes it.
        format!("#{link}%3E"),
        format!("#{link}%22"),
        format!("#{link}%29."),
    ] {
        assert_eq!(link::decode(&arrived), (settings(), vec![]), "{arrived}");
        assert!(link::is_link(&arrived), "{arrived}");
    }
}

#[test]
fn words_around_a_link_are_named_and_nothing_else_is_lost() {
    let whole = format!("https://example.org/#{}", fragment());
    for (arrived, words) in [
        (format!("Look at {whole} and tell me what you think."), "and tell me what you think."),
        (format!("#{}%20and%20tell%20me", fragment()), "and tell me"),
        (format!("{whole}) is the better one, isn’t it?"), ") is the better one"),
        (format!("[mine]({whole}), see a=b&c=d"), "), see a=b&c=d"),
        (format!("<a href=\"{whole}\">here</a>"), "here"),
    ] {
        let (workbench, remarks) = link::decode(&arrived);
        assert_eq!(workbench, settings(), "{arrived}");
        assert_eq!(remarks.len(), 1, "{arrived}: {remarks:?}");
        assert_eq!(remarks[0].weight, Weight::Note);
        assert!(remarks[0].to_string().contains(&words[..words.len().min(20)]), "{arrived}: {remarks:?}");
    }
}

#[test]
fn a_link_that_was_cut_off_says_where() {
    for (arrived, end) in [
        ("#v=1&preset=pendulum&noise=0&seed=12…", "seed=12…"),
        ("#v=1&preset=pendulum&noise=0&hidd...", "hidd..."),
        ("(#v=1&preset=pendulum&noise=0&hidd…)", "hidd…"),
    ] {
        let (workbench, remarks) = link::decode(arrived);
        let (whole, _) = link::decode("#v=1&preset=pendulum&noise=0");
        assert_eq!(workbench, whole, "{arrived}");
        assert!(remarks.len() == 1 && remarks[0].to_string().contains(end), "{arrived}: {remarks:?}");
        assert!(remarks[0].refusal().ends_with(&format!("“{}”.", end)), "{:?}", remarks[0]);
    }
    // Cut in the middle of a word: what is left is named.
    let (_, remarks) = link::decode("#v=1&preset=pendulum&noise=0&hidd");
    assert!(remarks.len() == 1 && remarks[0].to_string().contains("hidd"), "{remarks:?}");
}

#[test]
fn laws_and_names_of_files_keep_their_brackets_and_blanks() {
    let mut workbench = Workbench::named("gn-spring").expect("an experiment");
    for law in ["-(r - 1)", "2*(m1 + m2)/(r^2)", "if(r > 1, 0, m1 * m2)", "q * sin(r)"] {
        workbench.graph.view.law = Some(law.to_owned());
        let copied = link::encode(&workbench);
        for arrived in [copied.clone(), format!("({copied})."), format!("https://example.org/%23{copied}”")] {
            assert_eq!(link::decode(&arrived), (workbench.clone(), vec![]), "{arrived}");
        }
    }
}

#[test]
fn a_refusal_does_not_tell_what_was_done_instead() {
    let done = ["left aside", "became", "is shown", "stands in", "was read as", "counts"];
    for fragment in [
        "v=1&lr=NaN",
        "v=1&unheard=1",
        "v=2",
        "v=1&preset=perpetuum",
        "v=1&l=2",
        "v=1&radius-min=3",
        "v=1&seed=1&seed=2",
        "v=1&hidden=512&depth=5&trajectories=500&samples=200&steps=100000",
        "v=1&preset=spring&needs=swing.csv",
        "v=1&preset=real-pendulum&needs=swing.csv",
        "v=1&preset=real-pendulum&recording=abc",
        "v=1&page=graph&placed=1,2",
        "v=1&page=graph&bodies=30&world=r1&dims=3&shown=30",
        &"a=1&".repeat(16_384),
    ] {
        let (_, remarks) = link::decode(fragment);
        for remark in remarks.iter().filter(|remark| remark.weight != Weight::Note) {
            let refusal = remark.refusal();
            assert!(refusal.ends_with('.') && !done.iter().any(|done| refusal.contains(done)), "{fragment}: {refusal}");
        }
    }
    let mut workbench = Workbench::default();
    let refused = link::set(&mut workbench, "lr", "fast").expect_err("no number");
    assert!(refused.refusal().starts_with("lr=“fast” is not possible. Allowed:"), "{refused:?}");
}

proptest! {
    #[test]
    fn any_text_with_a_link_in_it_opens_it_or_says_something(
        before in "[ -~]{0,30}", after in "([ )>\"][ -~]{0,29})?", key in 0..FIELDS.len()
    ) {
        let text = format!("{before}https://x/#{}{after}", fragment());
        let (workbench, remarks) = link::decode(&text);
        prop_assert!(workbench == settings() || !remarks.is_empty(), "{}", text);
        // A setting by itself, as people write it by hand.
        let field = &FIELDS[key];
        if let Some(value) = field.read(&Workbench::default()) {
            let (_, remarks) = link::decode(&format!("v=1&{}={value}", field.key));
            prop_assert!(remarks.is_empty(), "{}: {:?}", field.key, remarks);
        }
    }

    #[test]
    fn every_link_survives_a_sentence(seed in 0..100_000u32, noise in 0.0..0.5f64, hidden in 4..60u32) {
        let mut workbench = Workbench::from(Preset::Spring);
        for (key, value) in [("seed", seed.to_string()), ("noise", noise.to_string()), ("hidden", hidden.to_string())] {
            link::set(&mut workbench, key, &value).expect("a setting");
        }
        let copied = link::encode(&workbench);
        for arrived in [format!("https://x/#{copied}."), format!("<https://x/%23{copied}>"), format!("(see #{})", copied.replace('&', "&amp;"))] {
            prop_assert_eq!(link::decode(&arrived), (workbench.clone(), vec![]));
        }
    }
}
