//! A link as it arrives: what mails, messengers and sentences do to it is undone, and what does not belong to it is named.
//!
//! `%23` for `#`, `&amp;` for `&`, a link encoded as a whole, brackets and quotation marks around it, the full stop of its sentence, the
//! sentence itself, marks that nobody sees, and an end that was cut off.

use crate::remarks::{Remarks, quoted};
use language::tr;
use std::borrow::Cow;

/// Values that are text: they may hold blanks and brackets.
const TEXTS: [&str; 3] = ["law", "needs", "question"];
/// Values that are lists: a blank may follow a comma.
const LISTS: [&str; 6] = ["operators", "placed", "inputs", "show", "hide", "lock"];
/// What ends a sentence or an emphasis, and no value.
pub(crate) const CLOSING: &[char] = &[
    '.', ',', ';', ':', '!', '?', '\'', '"', '’', '”', '“', '»', '«', '>', '`', '*', '|', '。', '、', '，', '）', '」',
];
/// What no value has in it: from there on it is the sentence around a link.
const FOREIGN: &[char] = &['<', '>', '"', '“', '”', '«', '»', '`', '(', ')', '[', ']', '{', '}', '#', '（', '）'];
/// How often a link may have been encoded on its way.
const ENCODED: usize = 3;

/// Whether a text can be a link at all.
pub(crate) fn is_link(text: &str) -> bool {
    text.contains('=') || decoded(text).contains('=')
}

/// The settings in a text: keys and values, in their order.
pub(crate) fn pairs(text: &str, remarks: &mut Remarks) -> Vec<(String, String)> {
    let text = decoded(text);
    let fragment = fragment(&text);
    let mut pairs: Vec<(String, String)> = Vec::new();
    // What was encoded belongs to the link: nobody encodes the end of a sentence around it.
    let encoded_end = fragment.len() >= 3 && fragment.as_bytes()[fragment.len() - 3] == b'%';
    let mut parts = fragment.split('&');
    while let Some(part) = parts.next() {
        let Some((key, value)) = form_urlencoded::parse(part.as_bytes()).next() else { continue };
        let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
        let text = TEXTS.contains(&&*key);
        let list = LISTS.contains(&&*key);
        let inside = |at: usize| list && value[..at].trim_end().ends_with(',');
        let end = |&(at, c): &(usize, char)| FOREIGN.contains(&c) || c.is_whitespace() && !inside(at);
        let at = if text { None } else { value.char_indices().find(end).map(|(at, _)| at) };
        let Some(at) = at else {
            pairs.push((key, value));
            continue;
        };
        pairs.push((key, value[..at].to_owned()));
        // A bracket that is closed, and nothing else, is no sentence.
        let rest = parts.by_ref().fold(value[at..].to_owned(), |rest, part| rest + "&" + part);
        if rest.chars().any(char::is_alphanumeric) {
            remarks.note(tr!("{rest} is no part of the link and was left aside.", rest = quoted(rest.trim())));
        }
    }
    if !encoded_end {
        close(&mut pairs, remarks);
    }
    pairs
}

/// Takes from the last pair what closes the sentence around it; leaves it aside where the link was cut off.
fn close(pairs: &mut Vec<(String, String)>, remarks: &mut Remarks) {
    let Some((key, value)) = pairs.last_mut() else { return };
    let whole = if value.is_empty() { key.clone() } else { format!("{key}={value}") };
    let whole = whole.trim_end_matches(|c| c != '.' && (CLOSING.contains(&c) || ")]}".contains(c)));
    if whole.ends_with('…') || whole.ends_with("...") {
        let end = quoted(whole);
        remarks.add(
            tr!("The link was cut off at {end}; this was left aside.", end = end),
            tr!("The link was cut off at {end}.", end = end),
        );
        pairs.pop();
        return;
    }
    let end = if value.is_empty() { key } else { value };
    let closes = |c: char| CLOSING.contains(&c) || c.is_whitespace();
    let mut kept = end.trim_end_matches(closes);
    // A bracket that was not opened here.
    while let Some(before) = [('(', ')'), ('[', ']'), ('{', '}')].into_iter().find_map(|(open, shut)| {
        let count = |c: char| kept.matches(c).count();
        kept.strip_suffix(shut).filter(|_| count(shut) > count(open))
    }) {
        kept = before.trim_end_matches(closes);
    }
    *end = kept.to_owned();
}

/// The text without what it was wrapped in as a whole.
fn decoded(text: &str) -> Cow<'_, str> {
    let unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let mut text: Cow<str> = text.trim().into();
    if text.contains(unseen) {
        text = text.replace(unseen, "").into();
    }
    for _ in 0..ENCODED {
        let has = |what: &str| text.to_ascii_lowercase().contains(what);
        let whole = !text.contains('=') && (has("%3d") || has("%253d"));
        let ampersands = !text.contains('&') && has("%26") && text.matches('=').count() > 1;
        if whole {
            text = text.split('&').map(percent_decoded).collect::<Vec<_>>().join("&").into();
        } else if ampersands {
            text = text.replace("%26", "&").into();
        } else {
            break;
        }
    }
    for escaped in ["&amp;", "&AMP;", "&#38;", "&#x26;"] {
        while text.contains(escaped) {
            text = text.replace(escaped, "&").into();
        }
    }
    text
}

/// Text without `=` and `&`, one encoding less.
fn percent_decoded(text: &str) -> String {
    let value = format!("={}", text.replace('+', "%2B"));
    form_urlencoded::parse(value.as_bytes()).next().map_or_else(String::new, |(_, value)| value.into_owned())
}

/// The part behind the `#`, or what stands for it: where a first setting follows.
fn fragment(text: &str) -> &str {
    let begins = |rest: &str| {
        let key = rest.find('=').map_or("", |at| &rest[..at]);
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_- ".contains(c))
    };
    for mark in ["#", "%23", "%2523"] {
        let behind = text.match_indices(mark).map(|(at, _)| &text[at + mark.len()..]).find(|rest| begins(rest));
        if let Some(fragment) = behind {
            return fragment;
        }
    }
    let first = text.find('=').unwrap_or(0);
    let before = |c: char| c.is_whitespace() || "/?#<([{\"".contains(c);
    text[..first].rfind(before).map_or(text, |at| &text[at..][text[at..].chars().next().map_or(0, char::len_utf8)..])
}
