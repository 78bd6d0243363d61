//! Sizes, times and lifetimes in words.

use crate::i18n::{Words, utc};
use burnbag_core::fate::{Fate, State};
use burnbag_core::lifetime::Lifetime;
use burnbag_core::mail::Mailing;
use burnbag_core::time::Timestamp;

/// Markup that is safe to stand in a page as it is.
pub(super) type Html = String;

/// `10 kB`, `4.2 MB`: decimal units, as elsewhere in the product. The decimal sign is the language's.
pub(super) fn size(bytes: u64, words: &Words) -> String {
    let size = plain_size(bytes, words);
    // From right to left its parts would change places.
    if words.language.rtl { format!("\u{2066}{size}\u{2069}") } else { size }
}

fn plain_size(bytes: u64, words: &Words) -> String {
    let (unit, tenths) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => ("kB", bytes.div_ceil(100)),
        _ => ("MB", bytes.div_ceil(100_000)),
    };
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if tenth == 0 || whole >= 10 {
        return format!("{} {unit}", tenths.div_ceil(10));
    }
    let sign = if matches!(words.language.tag, "en" | "ja" | "zh-Hans" | "ar" | "en-XB") { '.' } else { ',' };
    format!("{whole}{sign}{tenth} {unit}")
}

/// `5 minutes`, `4 hours`, `7 days`: the largest unit that divides it.
pub(super) fn lifetime(seconds: i64, words: &Words) -> String {
    let (id, unit) = match seconds {
        _ if seconds % 86_400 == 0 => ("days", 86_400),
        _ if seconds % 3_600 == 0 => ("hours", 3_600),
        _ => ("minutes", 60),
    };
    words.with(id, "count", seconds / unit)
}

/// Lifetimes to choose from: those that a plan allows, and its longest.
pub(super) fn lifetimes(longest: Lifetime, words: &Words) -> Vec<(i64, String)> {
    const CHOICE: [i64; 9] =
        [300, 1_800, 3_600, 4 * 3_600, 86_400, 3 * 86_400, 7 * 86_400, 14 * 86_400, 30 * 86_400];
    let allowed = CHOICE.into_iter().filter(|seconds| *seconds < longest.seconds());
    allowed.chain([longest.seconds()]).map(|seconds| (seconds, lifetime(seconds, words))).collect()
}

/// The word of a state, for stylesheet, scripts and `receipt-WORD`, and when it ended.
pub(super) const fn state(state: State) -> (&'static str, Option<Timestamp>) {
    match state {
        State::New => ("waiting", None),
        State::Ended(Fate::Revealed, when) => ("opened", Some(when)),
        State::Ended(Fate::Burned, when) => ("burned", Some(when)),
        State::Ended(Fate::Expired, when) => ("expired", Some(when)),
    }
}

/// The word of what became of a mail, which scripts compare with the API's.
pub(super) const fn mail_word(mailing: Mailing) -> &'static str {
    match mailing {
        Mailing::Off => "off",
        Mailing::Queued(_) => "queued",
        Mailing::Sent(_) => "sent",
        Mailing::Ended => "ended",
        Mailing::Refused(_) => "refused",
        Mailing::GivenUp(_) => "given-up",
    }
}

/// A time for readers and for programs (HTML `time`), in UTC until a script knows better. Without one: to be filled in.
pub(super) fn html_time(time: Option<Timestamp>) -> Html {
    let machine = time.and_then(|Timestamp(seconds)| jiff::Timestamp::from_second(seconds).ok());
    let Some((time, machine)) = time.zip(machine) else {
        return "<time></time>".to_owned();
    };
    format!("<time datetime=\"{machine}\">{}</time>", utc(time))
}

/// The same where it counts how long ago it was.
pub(super) fn html_time_ago(time: Timestamp) -> Html {
    html_time(Some(time)).replacen("<time", "<time data-ago", 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalogue, LanguageTag};

    #[test]
    fn in_words() {
        let words = Catalogue::new(LanguageTag::ENGLISH).choose(&[], None);
        let sizes = [(0, "0 B"), (256, "256 B"), (1_000, "1 kB"), (1_234, "1.3 kB"), (10_000, "10 kB")];
        let large = [(12_345, "13 kB"), (1_000_000, "1 MB"), (4_200_000, "4.2 MB"), (25_000_000, "25 MB")];
        for (bytes, text) in sizes.into_iter().chain(large) {
            assert_eq!(size(bytes, &words), text);
        }
        for (seconds, text) in
            [(300, "5 minutes"), (3_600, "1 hour"), (604_800, "7 days"), (90_000, "25 hours")]
        {
            assert_eq!(lifetime(seconds, &words), text);
        }
        let choice = lifetimes(Lifetime::clamped(7 * 86_400), &words);
        assert_eq!(choice.last().map(|(_, text)| text.as_str()), Some("7 days"));
        assert!(choice.iter().all(|(seconds, _)| *seconds <= 604_800));
        assert_eq!(lifetimes(Lifetime::clamped(90), &words), [(90, "1 minute".to_owned())]);
        let time = html_time(Some(Timestamp(0)));
        assert_eq!(time, "<time datetime=\"1970-01-01T00:00:00Z\">1970-01-01 00:00 UTC</time>");
    }
}
