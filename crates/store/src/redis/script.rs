//! The scripts: one for each verb that changes something, or that must see several keys at one moment.

use std::sync::LazyLock;

/// A script, and the digest by which a server knows it.
pub(super) struct Lua {
    pub(super) text: &'static str,
    digest: LazyLock<String>,
    /// Whether it may come twice, because the answer to the first got lost, and answers the same.
    pub(super) may_repeat: bool,
}

impl Lua {
    const fn new(text: &'static str, digest: fn() -> String, may_repeat: bool) -> Self {
        Self { text, digest: LazyLock::new(digest), may_repeat }
    }

    pub(super) fn digest(&self) -> &str {
        &self.digest
    }
}

macro_rules! scripts {
    ($($name:ident $may_repeat:literal $($file:literal)+;)+) => {
        $(pub(super) static $name: Lua = {
            const TEXT: &str = concat!($(include_str!($file)),+);
            Lua::new(TEXT, || redis::Script::new(TEXT).get_hash().to_owned(), $may_repeat)
        };)+
    };
}

scripts! {
    PUT true "bucket.lua" "open.lua" "post_mails.lua" "put.lua";
    UNDO true "bucket.lua" "undo.lua";
    PEEK true "bucket.lua" "peek.lua";
    GLANCE true "bucket.lua" "glance.lua";
    TAKE true "bucket.lua" "open.lua" "take.lua";
    SETTLE true "bucket.lua" "settle.lua";
    RELEASE true "bucket.lua" "open.lua" "release.lua";
    STRIKE true "bucket.lua" "open.lua" "strike.lua";
    UNLOCK true "bucket.lua" "open.lua" "unlock.lua";
    KEPT true "bucket.lua" "kept.lua";
    REDELIVER true "bucket.lua" "open.lua" "redeliver.lua";
    FORGET false "bucket.lua" "open.lua" "forget.lua";
    FORGET_ACCOUNT true "bucket.lua" "open.lua" "forget_account.lua";
    SWEEP false "bucket.lua" "open.lua" "sweep.lua";
    SWEEP_KEPT false "bucket.lua" "open.lua" "sweep_kept.lua";
    SWEEP_MAIL false "bucket.lua" "open.lua" "sweep_mail.lua";
    POST false "bucket.lua" "open.lua" "post_mails.lua" "post.lua";
    PICK false "bucket.lua" "open.lua" "pick.lua";
    STAMP false "bucket.lua" "open.lua" "stamp.lua";
    NEXT true "accounts.lua" "open.lua" "next.lua";
    HANDLE true "accounts.lua" "next.lua";
    CREATE true "accounts.lua" "open.lua" "create.lua";
    TAKE_OVER true "accounts.lua" "open.lua" "take_over.lua";
    SET true "accounts.lua" "open.lua" "set.lua";
    TOUCH true "accounts.lua" "open.lua" "touch.lua";
    ADD false "accounts.lua" "open.lua" "add.lua";
    REVOKE false "accounts.lua" "open.lua" "revoke.lua";
    ACCEPT false "accounts.lua" "open.lua" "accept.lua";
    REPLACE false "accounts.lua" "open.lua" "replace.lua";
    REMOVE false "accounts.lua" "open.lua" "remove.lua";
    SWEEP_CREDENTIAL false "accounts.lua" "open.lua" "sweep_credential.lua";
    ENLIST true "accounts.lua" "arriving.lua" "enlist.lua";
    DELIST true "accounts.lua" "delist.lua";
    IMPORT true "bucket.lua" "arriving.lua" "post_mails.lua" "import.lua";
    IMPORT_MAIL false "bucket.lua" "arriving.lua" "post_mails.lua" "post.lua";
    IMPORT_ACCOUNT true "accounts.lua" "arriving.lua" "import_account.lua";
    RAISE true "accounts.lua" "arriving.lua" "raise.lua";
    MARK true "mark.lua";
    COUNT true "count.lua";
    REMEMBER true "accounts.lua" "arriving.lua" "remember.lua";
}
