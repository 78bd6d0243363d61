//! The suite of laws: what every engine of [`crate::Store`] must hold, as code. One small function each.
//!
//! A test of an engine is a [`Fixture`] and the list of laws, see `tests/conformance.rs`. Nothing here sleeps: time is
//! the argument `now`, randomness is seeded. A law that is broken panics with what it expected.

mod accounts;
mod basics;
mod counts;
mod credentials;
mod dropped;
mod ends;
mod fixture;
mod kept;
mod lists;
mod moving;
mod notices;
mod outbox;
mod provisional;
mod races;
mod redaction;
mod releases;
mod sample;
mod stamps;
mod sweeps;

pub use accounts::*;
pub use basics::*;
pub use counts::*;
pub use credentials::*;
pub use dropped::*;
pub use ends::*;
pub use fixture::{Fixture, LifeKeys, NOW, Obstacle, Opening};
pub use kept::*;
pub use lists::*;
pub use moving::*;
pub use notices::*;
pub use outbox::*;
pub use provisional::*;
pub use races::*;
pub use redaction::*;
pub use releases::*;
pub use sample::{Sample, TTL, Wish};
pub use stamps::*;
pub use sweeps::*;

/// Calls the macro `$tests` with the names of all laws, separated by commas.
#[macro_export]
macro_rules! for_each_law {
    ($tests:ident) => {
        $tests! {
            what_was_put_opens_for_reader_and_sender,
            leased_rows_belong_to_one_caller,
            put_refuses_a_row_that_exists,
            put_is_all_or_nothing,
            peek_changes_nothing,
            peek_needs_the_check_of_the_secret_key,
            expired_is_absent_swept_or_not,
            one_of_many_claims_wins,
            one_of_many_claims_wins_across_handles,
            one_of_many_slow_openers_wins,
            reveal_burn_and_sweep_agree,
            receipt_and_secret_change_together,
            a_reader_overtaken_by_an_end_sees_the_end,
            what_ended_is_gone,
            life_keys_die_with_their_secrets,
            ended_rows_stay_ended_after_a_restart,
            settle_tells_claims_apart,
            release_undoes_only_its_own_take,
            release_comes_too_late_after_expiry,
            released_is_taken_once,
            released_rows_survive_a_restart,
            release_right_behind_its_take,
            a_released_secret_expires_like_any_other,
            a_kept_copy_stands_to_its_time,
            only_the_winner_keeps,
            nothing_is_kept_unasked,
            forgotten_is_gone,
            sweep_forgets_what_is_over,
            a_kept_copy_goes_with_its_receipt,
            release_forgets_the_copy,
            what_was_redelivered_is_not_released,
            release_and_redelivery_exclude_each_other,
            a_glance_tells_what_waits,
            a_removed_account_keeps_nothing,
            strikes_are_counted_and_taken_back,
            strikes_create_nothing,
            unlock_forgives_all_strikes,
            held_is_exact,
            calls_are_counted_together_or_not_at_all,
            receipts_vanish_after_twice_the_lifetime,
            recent_is_newest_first_and_limited,
            recent_shows_only_ones_own,
            recent_does_not_count_what_is_over,
            sweep_is_limited_and_idempotent,
            two_sweeps_at_once_end_each_secret_once,
            sweep_tells_what_is_not_held_any_more,
            an_address_has_one_account,
            accounts_are_all_or_nothing,
            credentials_unlock_their_account,
            replaced_credentials_unlock_nothing,
            removed_accounts_leave_their_secrets,
            account_numbers_are_never_used_again,
            server_keys_are_remembered,
            added_credentials_unlock_and_are_listed,
            expired_credentials_are_absent,
            the_last_use_is_noted,
            a_password_takes_the_place_of_the_earlier,
            a_revoked_credential_adds_nothing,
            revoking_is_exact,
            a_replacement_revokes_every_kind,
            an_invitation_revokes_what_was_before,
            one_of_many_accepts_an_invitation,
            an_account_has_a_language,
            a_dropped_lease_harms_nothing,
            a_dropped_put_is_done_or_not,
            a_dropped_take_is_done_or_not,
            a_dropped_release_is_done_or_not,
            a_dropped_forget_is_done_or_not,
            a_dropped_account_is_made_or_not,
            mails_are_picked_by_their_time,
            a_mail_of_no_secret_is_due_at_once,
            a_pick_excludes_others_until_its_time,
            picks_and_stamps_survive_a_restart,
            many_pickers_get_each_mail_once,
            mails_are_posted_with_their_secret,
            a_refused_put_posts_nothing,
            put_is_all_or_nothing_with_mails,
            an_untried_mail_is_due_again,
            a_pick_can_be_renewed,
            a_mail_that_is_put_off_is_due_later,
            a_settled_mail_is_over,
            a_dropped_mail_keeps_its_reply,
            a_mail_put_off_beyond_its_time_is_given_up,
            a_late_word_does_not_count,
            sent_counts_after_the_end,
            sweep_gives_up_what_is_over,
            a_reveal_is_told_after_a_pause,
            a_reveal_with_a_copy_is_told_too,
            a_burn_ends_all_mails,
            an_expiry_is_told_when_it_is_swept,
            a_release_puts_mails_back,
            a_release_leaves_a_mail_to_who_sends_it,
            a_notice_of_an_undone_end_does_not_count,
            a_late_release_has_no_mails,
            a_removed_account_takes_its_mails,
            takes_and_releases_race_with_pickers,
            an_account_that_nobody_accepted_goes,
            an_account_that_nobody_accepted_gives_way,
            an_account_that_somebody_wants_stays,
            accepting_and_sweeping_exclude_each_other,
            what_gives_way_may_go_meanwhile,
            an_account_is_told_what_its_owner_chose,
            a_dropped_post_is_done_or_not,
            a_dropped_pick_loses_nothing,
            a_dropped_stamp_is_done_or_not,
            what_was_moved_is_as_it_was,
            a_piece_may_come_twice,
            an_occupied_store_takes_nothing,
            what_ended_counts_nothing,
            what_leaves_does_not_change,
            what_arrives_does_not_change,
            leaving_and_taking_exclude_each_other,
            what_was_erased_is_gone,
            debug_shows_no_secrets,
        }
    };
}

macro_rules! run_all {
    ($($law:ident,)*) => {
        /// Runs every law, each on a fixture of its own. Needs a runtime with several threads.
        pub async fn all(fresh: impl AsyncFn() -> Fixture) {
            $($law(&mut fresh().await).await;)*
        }
    };
}
for_each_law!(run_all);
