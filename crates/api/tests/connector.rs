//! The connector package: what the public connector has is still there, in the same place and of the same type, and the
//! files are what the platform reads. `connector/public.json` holds the facts of the public definition, frozen.

use burnbag_api::connector::{Host, Package, definition};
use serde_json::{Value, json};

const HOST: &str = "secrets.example.com:8443";

fn host() -> Host {
    HOST.parse().expect("a host")
}

fn ours() -> Value {
    serde_json::from_str(&definition(&host())).expect("JSON")
}

fn public() -> Vec<Value> {
    serde_json::from_str(include_str!("connector/public.json")).expect("JSON")
}

/// What an operation answers when all is well.
fn answer(operation: &Value) -> &Value {
    &operation["responses"]["200"]["schema"]
}

fn operation<'a>(document: &'a Value, id: &str) -> &'a Value {
    let paths = document["paths"].as_object().expect("paths");
    let mut operations = paths.values().flat_map(|methods| methods.as_object().expect("methods").values());
    operations.find(|operation| operation["operationId"] == id).expect("an operation")
}

#[test]
fn every_public_operation_stands_where_it_stood() {
    let document = ours();
    for theirs in public() {
        let (path, method) = (theirs["path"].as_str().unwrap(), theirs["method"].as_str().unwrap());
        assert_eq!(document["paths"][path][method]["operationId"], theirs["operationId"]);
    }
    assert_eq!((public().len(), document["paths"].as_object().unwrap().len()), (6, 7));
}

#[test]
fn every_public_parameter_has_its_name_place_and_type() {
    let document = ours();
    for theirs in public() {
        let id = theirs["operationId"].as_str().unwrap();
        let parameters = operation(&document, id)["parameters"].as_array().unwrap().clone();
        for wanted in theirs["parameters"].as_array().unwrap() {
            let found = parameters.iter().find(|parameter| parameter["name"] == wanted["name"]);
            assert!(found.is_some(), "{id}: {wanted} is missing");
            let found = found.unwrap_or(&Value::Null);
            for (fact, value) in wanted.as_object().unwrap() {
                assert_eq!(&found[fact], value, "{id}: {fact} of {}", wanted["name"]);
            }
            assert!(found["x-ms-summary"].is_string() && found["description"].is_string(), "{id}: {found}");
        }
        let ours = parameters.iter().filter(|parameter| parameter["name"] == "Idempotency-Key").count();
        assert_eq!(parameters.len() - ours, theirs["parameters"].as_array().unwrap().len(), "{id}");
    }
}

#[test]
fn every_public_member_of_an_answer_has_its_type() {
    let document = ours();
    for theirs in public() {
        let id = theirs["operationId"].as_str().unwrap();
        let schema = answer(operation(&document, id));
        assert_has(schema, &theirs["answer"], id);
    }
}

fn assert_has(ours: &Value, theirs: &Value, place: &str) {
    assert_eq!(ours["type"], theirs["type"], "{place}");
    assert_eq!(ours.get("format"), theirs.get("format"), "{place}");
    for (name, theirs) in theirs["properties"].as_object().into_iter().flatten() {
        // Where it is missing its type is, too.
        assert_has(&ours["properties"][name], theirs, &format!("{place}.{name}"));
    }
    if let Some(theirs) = theirs.get("items") {
        assert_has(&ours["items"], theirs, &format!("{place}[]"));
    }
}

#[test]
fn the_link_is_the_first_output_of_what_makes_secrets() {
    // The order in the file is the order in the designer, so the text counts, not the parsed value.
    let text = definition(&host());
    for name in ["CreateSecret", "GenerateSecret"] {
        let (_, members) = text.split_once(&format!("\"operationId\": \"{name}\"")).expect("the operation");
        let (_, members) = members.split_once("\"properties\": {").expect("its members");
        assert!(members.trim_start().starts_with("\"share_url\""), "{name}");
    }
    let document = ours();
    for id in ["CreateSecret", "GenerateSecret"] {
        assert_eq!(answer(operation(&document, id))["properties"]["share_url"]["title"], "Link");
    }
}

/// The platform, and whoever reads it, finds everything in its place.
#[test]
fn nothing_is_a_reference() {
    assert!(!definition(&host()).contains("$ref"));
}

#[test]
fn display_names_are_mended() {
    let document = ours();
    let name = |id: &str, parameter: &str| {
        let parameters = operation(&document, id)["parameters"].as_array().unwrap();
        let found = parameters.iter().find(|candidate| candidate["name"] == parameter).expect("a parameter");
        found["x-ms-summary"].as_str().unwrap().to_owned()
    };
    for id in ["CreateSecret", "GenerateSecret"] {
        assert_eq!(name(id, "ttl"), "Time to live (seconds)");
        assert_eq!(name(id, "passphrase"), "Passphrase");
    }
    assert_eq!(name("RetrieveSecret", "passphrase"), "Passphrase");
}

#[test]
fn every_operation_declares_its_refusals() {
    let document = ours();
    for methods in document["paths"].as_object().unwrap().values() {
        for operation in methods.as_object().unwrap().values() {
            let answer = |status: &str| &operation["responses"][status];
            for status in ["404", "429", "503"] {
                let schema = &answer(status)["schema"];
                assert_eq!(schema["properties"]["message"]["type"], "string", "{operation}");
            }
            assert_eq!(answer("429")["headers"]["Retry-After"]["type"], "integer");
        }
    }
}

#[test]
fn a_connection_is_tested_by_an_operation_that_makers_do_not_see() {
    let document = ours();
    let test = &document["x-ms-capabilities"]["testConnection"];
    assert_eq!(*test, json!({"operationId": "TestConnection", "parameters": {}}));
    let operation = &document["paths"]["/authcheck"]["get"];
    assert_eq!(
        (&operation["operationId"], &operation["x-ms-visibility"]),
        (&test["operationId"], &"internal".into())
    );
}

#[test]
fn a_retry_can_be_named() {
    let document = ours();
    let parameters = &operation(&document, "RetrieveSecret")["parameters"];
    let key = parameters.as_array().unwrap().iter().find(|parameter| parameter["in"] == "header").unwrap();
    assert_eq!(
        (&key["name"], &key["required"], &key["x-ms-visibility"]),
        (&"Idempotency-Key".into(), &false.into(), &"advanced".into())
    );
}

#[test]
fn the_host_is_filled_in_everywhere() {
    let document = ours();
    assert_eq!((&document["host"], &document["basePath"]), (&HOST.into(), &"/api/v1".into()));
    assert_eq!(document["schemes"], json!(["https"]));
    for gateway in [false, true] {
        for (name, content) in (Package { host: host(), gateway }).files() {
            let text = String::from_utf8_lossy(&content);
            assert!(!text.contains("{host}"), "{name}");
            assert!(name == "icon.png" || text.contains(HOST), "{name}");
            // Tools read these in whatever encoding their system has.
            assert!(!name.ends_with("json") || text.is_ascii(), "{name}");
        }
    }
}

#[test]
fn the_dialog_says_where_to_find_what_it_asks_for() {
    for gateway in [false, true] {
        let properties = properties(gateway);
        let field = |name: &str| properties["connectionParameters"][name]["uiDefinition"].clone();
        assert_eq!(field("username")["displayName"], "E-mail");
        assert_eq!(field("password")["displayName"], "API key");
        assert_eq!(field("password")["constraints"]["clearText"], false);
        let key = field("password")["description"].as_str().unwrap().to_owned();
        assert!(key.contains("burnbag account create") && key.contains("administrator"), "{key}");
    }
}

#[test]
fn only_a_gateway_package_asks_for_a_gateway() {
    let (plain, gateway) = (properties(false), properties(true));
    assert_eq!((&plain["capabilities"], &gateway["capabilities"]), (&json!([]), &json!(["gateway"])));
    assert_eq!(plain["connectionParameters"].get("gateway"), None);
    assert_eq!(gateway["connectionParameters"]["gateway"]["type"], "gatewaySetting");
    assert_eq!(gateway["connectionParameters"]["authType"]["allowedValues"], json!([{"value": "basic"}]));
}

fn properties(gateway: bool) -> Value {
    let files = Package { host: host(), gateway }.files();
    let (_, content) = files.iter().find(|(name, _)| *name == "apiProperties.json").expect("the file");
    serde_json::from_slice::<Value>(content).expect("JSON")["properties"].take()
}

#[test]
fn the_readme_goes_from_what_is_needed_to_what_differs() {
    let files = Package { host: host(), gateway: false }.files();
    let (_, readme) = files.iter().find(|(name, _)| *name == "README.md").expect("the file");
    let readme = std::str::from_utf8(readme).expect("text");
    let places = [
        "## What you need",
        "**By file.**",
        "**By URL.**",
        "pac connector create --api-definition-file apiDefinition.swagger.json",
        "paconn create --api-def apiDefinition.swagger.json",
        "## Connect",
        "## Try it",
        "## Move a flow",
        "`onetimesecret.com`",
        "## For the administrator",
        "## What differs",
    ]
    .map(|text| readme.find(text).unwrap_or_else(|| unreachable!("{text}")));
    assert!(places.is_sorted(), "{places:?}");
    assert!(readme.contains(&format!("https://{HOST}/connector/apiDefinition.swagger.json")));
}

#[test]
fn the_icon_is_a_small_square_in_the_colour_of_the_dialog() {
    let files = Package { host: host(), gateway: false }.files();
    let (_, icon) = files.iter().find(|(name, _)| *name == "icon.png").expect("the file");
    assert!(icon.starts_with(b"\x89PNG\r\n\x1a\n") && icon.len() < 20_000);
    let side = |at: usize| u32::from_be_bytes(icon[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((side(16), side(20)), (230, 230));
    let colour = properties(false)["iconBrandColor"].as_str().unwrap().to_owned();
    assert!(include_str!("../src/connector/icon.svg").contains(&format!("fill=\"{colour}\"")));
}
