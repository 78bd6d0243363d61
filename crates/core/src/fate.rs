//! How a secret ends, and the state that its receipt shows.

use crate::time::Timestamp;

/// How a secret ended. There is no way back from any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its one reader got it.
    Revealed,
    /// Somebody with the receipt destroyed it unread.
    Burned,
    /// Its time ran out unread.
    Expired,
}

impl Fate {
    /// The fate's number in the store.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Revealed => 1,
            Self::Burned => 2,
            Self::Expired => 3,
        }
    }

    /// The fate with this number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Revealed),
            2 => Some(Self::Burned),
            3 => Some(Self::Expired),
            _ => None,
        }
    }
}

/// What a receipt shows of its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waiting for its reader.
    New,
    /// Over, since the moment given.
    Ended(Fate, Timestamp),
}

impl State {
    /// The state at `now` of a secret with this recorded end and this time of expiry, swept or not.
    #[must_use]
    pub fn at(now: Timestamp, recorded: Option<(Fate, Timestamp)>, expires: Timestamp) -> Self {
        match recorded {
            Some((fate, when)) => Self::Ended(fate, when),
            None if now >= expires => Self::Ended(Fate::Expired, expires),
            None => Self::New,
        }
    }
}

/// When the receipt of a secret with these times disappears: twice the lifetime after it was made (wire spec §7.1).
#[must_use]
pub const fn receipt_ends(created: Timestamp, expires: Timestamp) -> Timestamp {
    expires.after(expires.since(created))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expiry_needs_no_sweep_and_changes_no_recorded_fate() {
        let expires = Timestamp(100);
        assert_eq!(State::at(Timestamp(99), None, expires), State::New);
        assert_eq!(State::at(expires, None, expires), State::Ended(Fate::Expired, expires));
        let revealed = Some((Fate::Revealed, Timestamp(50)));
        assert_eq!(State::at(Timestamp(500), revealed, expires), State::Ended(Fate::Revealed, Timestamp(50)));
        assert_eq!(receipt_ends(Timestamp(40), expires), Timestamp(160));
    }
}
