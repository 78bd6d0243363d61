use super::*;

fn parse(url: &str) -> RedisUrl {
    RedisUrl::parse(url).unwrap()
}

fn refused(url: &str) -> BadRedisUrl {
    RedisUrl::parse(url).unwrap_err()
}

fn servers(url: &str) -> Vec<String> {
    parse(url).servers.iter().map(ToString::to_string).collect()
}

#[test]
fn every_form_names_its_servers() {
    assert_eq!(servers("redis://h"), ["h:6379"]);
    assert_eq!(servers("rediss://h:1/3"), ["h:1"]);
    assert_eq!(parse("rediss://h:1/3").form, Form::Single(3));
    assert_eq!(servers("redis+cluster://a:1,b,[::1]:7"), ["a:1", "b:6379", "[::1]:7"]);
    assert_eq!(servers("rediss+sentinel://a,b:2/main"), ["a:26379", "b:2"]);
    assert_eq!(parse("redis+sentinel://a/main").form, Form::Sentinel("main".to_owned()));
    for (url, why) in [
        ("mysql://h", BadRedisUrl::Other),
        ("redis:h", BadRedisUrl::Other),
        ("redis://", BadRedisUrl::Server),
        ("redis://h:port", BadRedisUrl::Server),
        ("redis://[::1", BadRedisUrl::Server),
        ("redis://a,b", BadRedisUrl::Server),
        ("redis+cluster://a,,b", BadRedisUrl::Server),
        ("redis://a b", BadRedisUrl::Server),
        ("redis://h/main", BadRedisUrl::Path),
        ("redis+cluster://h/1", BadRedisUrl::Path),
        ("redis+sentinel://h", BadRedisUrl::Path),
    ] {
        assert_eq!(refused(url), why, "{url}");
    }
}

#[test]
fn options_are_understood_or_refused() {
    let url = parse("redis://h?connections=3&wait_replicas=2&wait_timeout=250&prefix=a.b");
    assert_eq!((url.connections, url.replicas, url.prefix.as_str()), (3, 2, "a.b"));
    assert_eq!(url.wait, Duration::from_millis(250));
    let url = parse("redis://h");
    assert_eq!((url.connections, url.replicas, url.prefix.as_str()), (8, 0, "burnbag"));
    assert_eq!(refused("redis://h?wait=1"), BadRedisUrl::Option);
    for option in
        ["connections=0", "connections=", "wait_replicas=11", "wait_timeout=0", "prefix=", "prefix=%7Ba%7D"]
    {
        assert!(matches!(refused(&format!("redis://h?{option}")), BadRedisUrl::Value(..)), "{option}");
    }
    assert!(refused("redis://h?ca=%2Fnowhere").to_string().contains("/nowhere cannot be read"));
}

#[test]
fn who_signs_in_is_read_as_it_was_meant() {
    let url = parse("redis://ann%40x:p%25@h/2?prefix=x");
    let who = url.sign_in();
    assert_eq!((who.username(), who.password(), who.db()), (Some("ann@x"), Some("p%"), 2));
    let url = parse("redis://:word@h");
    assert_eq!((url.sign_in().username(), url.sign_in().password()), (None, Some("word")));
    assert!(!parse("redis://ann@h").has_password());
    assert_eq!(parse("redis://ann@h").with_password("later").sign_in().password(), Some("later"));
    assert_eq!(refused("redis://ann:p%zz@h"), BadRedisUrl::User);
}

#[test]
fn what_leaves_the_machine_in_clear_is_known() {
    for (url, is_readable) in [
        ("redis://localhost", false),
        ("redis+cluster://127.0.0.1:1,[::1]:2", false),
        ("redis+cluster://127.0.0.1:1,h:2", true),
        ("redis://10.0.0.7", true),
        ("rediss://10.0.0.7", false),
    ] {
        assert_eq!(parse(url).is_readable_on_the_way(), is_readable, "{url}");
    }
}

#[test]
fn nothing_prints_a_password() {
    let url = parse("redis://someone:hunter2@h");
    assert_eq!(format!("{url:?}"), "RedisUrl");
    for url in [
        "mysql://u:hunter2@h",
        "redis://u:hunter2@h:x",
        "redis://u:hunter2@h?hunter2=hunter2",
        "redis://u:hunter2@h/hunter2",
        "redis://u:hunter2%zz@h",
        "redis://u:hunter2@h?connections=hunter2",
        "redis://u:hunter2@h?prefix=hunter2{",
    ] {
        let error = RedisUrl::parse(url).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}
