//! The texts of pages and mails, in every language: one Fluent file each in `locales/`, `en.ftl` first.
//!
//! A message that a language lacks is taken from English; a test keeps that from happening.

mod pseudo;
mod time;

pub use time::utc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_langneg::{NegotiationStrategy, convert_vec_str_to_langids_lossy, negotiate_languages};
use serde::Deserialize;
use std::fmt;
use std::sync::{Arc, OnceLock};
use unic_langid::LanguageIdentifier;

/// Languages of a request that are looked at.
const MOST_ACCEPTED: usize = 20;

/// A language that pages speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its tag (BCP 47).
    pub tag: &'static str,
    /// Its own name for itself.
    pub name: &'static str,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// Its messages.
    source: &'static str,
}

macro_rules! language {
    ($tag:literal, $name:literal, $rtl:literal) => {
        Language {
            tag: $tag,
            name: $name,
            rtl: $rtl,
            source: include_str!(concat!("../locales/", $tag, ".ftl")),
        }
    };
}

/// All languages, in the order of the menu.
pub const LANGUAGES: [Language; 11] = [
    language!("en", "English", false),
    language!("de", "Deutsch", false),
    language!("fr", "Français", false),
    language!("es", "Español", false),
    language!("it", "Italiano", false),
    language!("pt-BR", "Português (Brasil)", false),
    language!("nl", "Nederlands", false),
    language!("pl", "Polski", false),
    language!("ja", "日本語", false),
    language!("zh-Hans", "简体中文", false),
    language!("ar", "العربية", true),
];

/// Longer than any language and from right to left: for tests of the layout. In no menu; a cookie may ask for it.
const PSEUDO: Language = Language { tag: "en-XB", name: "Pseudo", rtl: true, source: LANGUAGES[0].source };

/// A language that pages speak, by its tag: its place in [`LANGUAGES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LanguageTag(usize);

impl LanguageTag {
    /// English.
    pub const ENGLISH: Self = Self(0);

    /// The tag, if pages speak that language.
    #[must_use]
    pub fn known(tag: &str) -> Option<Self> {
        LANGUAGES.iter().position(|language| language.tag == tag).map(Self)
    }

    /// Its text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        LANGUAGES[self.0].tag
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        let tags = || LANGUAGES.map(|language| language.tag).join(", ");
        Self::known(&tag).ok_or_else(|| format!("{tag:?} is no language of the pages; they are {}", tags()))
    }
}

/// The messages of one language.
pub struct Words {
    /// Which.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    fn load(language: Language, source: &str) -> Arc<Self> {
        let tag: LanguageIdentifier = language.tag.parse().expect("our own tags are tags");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Names stand in <bdi>; invisible marks would become part of accessible names.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).expect("our own messages are well-formed");
        bundle.add_resource(resource).expect("no message stands twice");
        Arc::new(Self { language, bundle })
    }

    /// A message without arguments.
    #[must_use]
    pub fn say(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// A message with one argument.
    #[must_use]
    pub fn with<'a>(&self, id: &str, name: &'static str, value: impl Into<FluentValue<'a>>) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value.into());
        self.format(id, Some(&args))
    }

    /// A message with several arguments.
    #[must_use]
    pub fn with_all(&self, id: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        self.format(id, Some(&args.iter().cloned().collect()))
    }

    /// Messages for a page's scripts, which put in themselves what stands in braces: `{name}`.
    #[must_use]
    pub fn for_scripts(&self, ids: &[&'static str]) -> Vec<(&'static str, String)> {
        let braced = |name: &'static str| (name, FluentValue::from(format!("{{{name}}}")));
        let args = ["count", "name", "seconds", "size", "time"].map(braced);
        ids.iter().map(|id| (*id, self.with_all(id, &args))).collect()
    }

    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let pattern = self.bundle.get_message(id).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            debug_assert!(false, "there is no message {id}");
            return id.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        text.into_owned()
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.language.tag).finish()
    }
}

/// All languages, each loaded when somebody first speaks it.
#[derive(Debug)]
pub struct Catalogue {
    all: [OnceLock<Arc<Words>>; LANGUAGES.len()],
    tags: Vec<LanguageIdentifier>,
    pseudo: OnceLock<Arc<Words>>,
    default: usize,
}

impl Catalogue {
    /// The languages; `default` is spoken to whom nothing better is known of.
    #[must_use]
    pub fn new(default: LanguageTag) -> Self {
        Self {
            all: [const { OnceLock::new() }; LANGUAGES.len()],
            tags: convert_vec_str_to_langids_lossy(LANGUAGES.map(|language| language.tag)),
            pseudo: OnceLock::new(),
            default: default.0,
        }
    }

    /// The language of somebody: the one that was chosen, else the account's, else what the browser accepts
    /// (`Accept-Language`, RFC 9110 §12.5.4), else the operator's.
    #[must_use]
    pub fn choose(&self, chosen: &[Option<&str>], accepted: Option<&str>) -> Arc<Words> {
        if chosen.iter().flatten().next() == Some(&PSEUDO.tag) {
            return Arc::clone(
                self.pseudo.get_or_init(|| Words::load(PSEUDO, &pseudo::stretched(PSEUDO.source))),
            );
        }
        let known = chosen.iter().flatten().find_map(|tag| LanguageTag::known(tag));
        self.speak(known.map_or_else(|| self.negotiate(accepted.unwrap_or_default()), |tag| tag.0))
    }

    /// The language closest to a tag, however it is written: `de_AT` is `de`.
    #[must_use]
    pub fn closest(&self, tag: &str) -> Option<&'static str> {
        let wanted = [tag.trim().replace('_', "-").parse::<LanguageIdentifier>().ok()?];
        let found = negotiate_languages(&wanted, &self.tags, None, NegotiationStrategy::Lookup);
        let place = found.first().and_then(|found| self.tags.iter().position(|tag| tag == *found))?;
        Some(LANGUAGES[place].tag)
    }

    /// The place of the language that a browser likes best.
    fn negotiate(&self, accepted: &str) -> usize {
        let wanted = preferred(accepted);
        let default = &self.tags[self.default];
        let found = negotiate_languages(&wanted, &self.tags, Some(default), NegotiationStrategy::Lookup);
        let place = found.first().and_then(|found| self.tags.iter().position(|tag| tag == *found));
        place.unwrap_or(self.default)
    }

    fn speak(&self, place: usize) -> Arc<Words> {
        let language = LANGUAGES[place];
        Arc::clone(self.all[place].get_or_init(|| Words::load(language, language.source)))
    }
}

/// The languages of an `Accept-Language` header, the best one first. What is no language is none.
fn preferred(accepted: &str) -> Vec<LanguageIdentifier> {
    let ranges = accepted.split(',').filter_map(|range| {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok())?;
        Some((tag.trim().parse::<LanguageIdentifier>().ok()?, weight))
    });
    let mut ranges: Vec<_> = ranges.filter(|(_, weight)| *weight > 0.0).take(MOST_ACCEPTED).collect();
    ranges.sort_by(|(_, one), (_, two)| two.total_cmp(one));
    ranges.into_iter().map(|(language, _)| language).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::FluentArgs;
    use std::collections::{BTreeMap, BTreeSet};

    /// Messages and the names of their arguments.
    fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                assert!(messages.insert(id.to_owned(), BTreeSet::new()).is_none(), "{id} stands twice");
                id.clone_into(&mut current);
            }
            for name in line.split('$').skip(1) {
                let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
                messages.get_mut(&current).expect("a message begins first").insert(name.to_owned());
            }
        }
        messages
    }

    #[test]
    fn every_language_has_every_message_with_the_same_arguments() {
        let english = messages(LANGUAGES[0].source);
        // 220 for the pages of secrets and accounts; 40 for mails, and for what pages say of them.
        assert!(english.len() <= 260, "{} messages are too many to translate well", english.len());
        for language in LANGUAGES {
            let own = messages(language.source);
            let missing: Vec<_> = english.keys().filter(|id| !own.contains_key(*id)).collect();
            let unknown: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
            assert!(missing.is_empty() && unknown.is_empty(), "{}: {missing:?} {unknown:?}", language.tag);
            for (id, args) in &english {
                assert_eq!(own[id], *args, "{}: {id}", language.tag);
            }
        }
    }

    /// What Fluent cannot read it drops, and what lacks a plural form it shows as it is: neither happens.
    #[test]
    fn every_message_can_be_said() {
        let catalogue = Catalogue::new(LanguageTag::ENGLISH);
        let tags = LANGUAGES.iter().chain([&PSEUDO]).map(|language| language.tag);
        for words in tags.map(|tag| catalogue.choose(&[Some(tag)], None)) {
            for (id, args) in messages(LANGUAGES[0].source) {
                for count in [0, 1, 2, 3, 5, 11, 100] {
                    let mut given = FluentArgs::new();
                    for name in &args {
                        let value = if name == "count" {
                            count.into()
                        } else {
                            FluentValue::from(format!("<{name}>"))
                        };
                        given.set(name.clone(), value);
                    }
                    let text = words.format(&id, Some(&given));
                    assert!(!text.is_empty() && text != id, "{}: {id}", words.language.tag);
                }
            }
        }
    }

    /// What no page and no mail says is dead, and what they say must be there.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "reads our own sources")]
    fn pages_and_mails_say_every_message_and_no_other() {
        fn read(folder: &std::path::Path, all: &mut String) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    read(&path, all);
                } else {
                    all.push_str(&std::fs::read_to_string(path).unwrap());
                }
            }
        }
        let mut sources = String::new();
        for folder in ["templates", "src/web", "src/mail"] {
            read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut sources);
        }
        // A receipt's states are put together.
        for state in ["waiting", "opened", "burned", "expired"] {
            sources.extend(["\"receipt-", state, "\""]);
        }
        for id in messages(LANGUAGES[0].source).keys() {
            assert!(sources.contains(&format!("\"{id}\"")), "no page or mail says {id}");
        }
    }

    #[test]
    fn a_language_is_chosen_by_the_person_then_the_browser_then_the_operator() {
        let catalogue = Catalogue::new(LanguageTag::known("de").unwrap());
        let choose =
            |chosen: &[Option<&str>], accepted: Option<&str>| catalogue.choose(chosen, accepted).language.tag;
        assert_eq!(choose(&[Some("fr"), Some("nl")], Some("es")), "fr");
        assert_eq!(choose(&[None, Some("nl")], Some("es")), "nl");
        assert_eq!(choose(&[Some("xx"), None], Some("es-MX,es;q=0.9,en;q=0.8")), "es");
        for (accepted, tag) in [
            ("pt", "pt-BR"),
            ("pt-PT", "pt-BR"),
            ("zh-CN", "zh-Hans"),
            ("zh", "zh-Hans"),
            ("en-GB;q=0.7, ja;q=0.9", "ja"),
            ("ar-EG", "ar"),
            ("xx", "de"),
            ("", "de"),
            ("\u{0}garbage;;;q=", "de"),
        ] {
            assert_eq!(choose(&[None, None], Some(accepted)), tag, "{accepted}");
        }
        assert_eq!(choose(&[Some("en-XB")], None), "en-XB");
    }
}
