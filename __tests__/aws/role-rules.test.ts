import {
  audienceRule,
  policyNameRule,
  roleNameRule,
  rolePathRule,
  sessionDurationRule,
  sessionNameRule,
  tagKeyRule,
  tagValueRule,
} from "../../lib/aws/role-rules";
import { testRule } from "../github/rule-table";

testRule("the name of a role", roleNameRule, {
  accepts: {
    "one character": "r",
    "64 characters": "r".repeat(64),
    "every sign that IAM takes": "web_shop+=,.@-2",
    "what looks like a number": "2026",
  },
  refuses: {
    "65 characters": ["r".repeat(65), "use at most 64 characters, this has 65"],
    nothing: ["", "use letters, digits"],
    "a space": ["web shop", "use letters, digits"],
    "a slash": ["github/web-shop", "use letters, digits"],
    "a colon": ["web:shop", "use letters, digits"],
    "a letter of another language": ["prüfung", "use letters, digits"],
    "a wildcard": ["web-*", "use letters, digits"],
    "a line break at the end": ["web-shop\n", "use letters, digits"],
  },
});

testRule("the path of a role", rolePathRule, {
  accepts: {
    "the root": "/",
    "one folder": "/github/",
    several: "/ci/github/",
    "512 characters": `/${"p".repeat(510)}/`,
  },
  refuses: {
    "513 characters": [`/${"p".repeat(511)}/`, "at most 512"],
    nothing: ["", 'begin and end with "/"'],
    "no slash at the start": ["github/", 'begin and end with "/"'],
    "no slash at the end": ["/github", 'begin and end with "/"'],
    "two slashes": ["/github//x/", 'begin and end with "/"'],
    "two slashes alone": ["//", 'begin and end with "/"'],
    "a space": ["/my roles/", "no spaces"],
    "a letter of another language": ["/prüfung/", "no spaces"],
  },
});

testRule("the name of an inline policy", policyNameRule, {
  accepts: { "one character": "p", "128 characters": "p".repeat(128), "every sign that IAM takes": "a_b+=,.@-2" },
  refuses: {
    "129 characters": ["p".repeat(129), "1 to 128"],
    nothing: ["", "1 to 128"],
    "a space": ["a b", "1 to 128"],
    "a slash": ["a/b", "1 to 128"],
  },
});

testRule("the name of a session", sessionNameRule, {
  accepts: {
    "two characters": "ab",
    "64 characters": "a".repeat(64),
    "every sign that STS takes": "a_b+=,.@-2",
    "a pattern": "deploy-*",
    "a pattern of one character more": "run-?",
  },
  refuses: {
    "one character": ["a", "2 to 64 characters, this has 1"],
    "65 characters": ["a".repeat(65), "2 to 64 characters, this has 65"],
    nothing: ["", "2 to 64"],
    "a space": ["a b", 'letters, digits and "+=,.@_-"'],
    "a slash": ["a/b", 'letters, digits and "+=,.@_-"'],
    "a variable": ["${aws:username}", 'letters, digits and "+=,.@_-"'],
    "a letter with an accent": ["déploi", 'letters, digits and "+=,.@_-"'],
    "any name": ["**", "a wildcard alone admits every name"],
  },
});

testRule("the longest session in seconds", sessionDurationRule, {
  accepts: { "an hour": 3_600, "twelve hours": 43_200, "something between": 5_401 },
  refuses: {
    "a second less than an hour": [3_599, "1h to 12h"],
    "a second more than twelve hours": [43_201, "1h to 12h"],
    "a fraction": [3_600.5, "1h to 12h"],
    nothing: [0, "1h to 12h"],
    "less than nothing": [-3_600, "1h to 12h"],
    "no number": [Number.NaN, "1h to 12h"],
    "no end": [Number.POSITIVE_INFINITY, "1h to 12h"],
  },
});

testRule("the key of a tag", tagKeyRule, {
  accepts: {
    "one character": "o",
    "128 characters": "k".repeat(128),
    "spaces and signs": "cost center_.:/=+-@",
    "letters of other languages": "größe",
    "aws in the middle": "my-aws:x",
    "aws without a colon": "aws",
  },
  refuses: {
    "129 characters": ["k".repeat(129), "1 to 128"],
    nothing: ["", "1 to 128"],
    "AWS's own prefix": ["aws:x", '"aws:"'],
    "AWS's own prefix in upper case": ["AWS:x", '"aws:"'],
    "a star": ["a*", "1 to 128"],
    "a tab": ["a\tb", "1 to 128"],
  },
});

testRule("the value of a tag", tagValueRule, {
  accepts: { nothing: "", "256 characters": "v".repeat(256), "spaces and signs": "a b_.:/=+-@" },
  refuses: {
    "257 characters": ["v".repeat(257), "at most 256"],
    "a semicolon": ["a;b", "at most 256"],
    "a line break": ["a\nb", "at most 256"],
    "an expression": ["${x}", "at most 256"],
  },
});

testRule("an audience", audienceRule, {
  accepts: {
    "that of AWS": "sts.amazonaws.com",
    "the address of an owner": "https://github.com/octo-org",
    "one character": "a",
    "255 characters": "a".repeat(255),
    "a dollar sign alone": "a$b",
  },
  refuses: {
    nothing: ["", "1 to 255"],
    "256 characters": ["a".repeat(256), "1 to 255"],
    "a space": ["sts amazonaws", "without spaces"],
    "a star, which no exact comparison would match": ["*", '"*"'],
    "a question mark": ["sts?", '"?"'],
    "a policy variable": ["${aws:username}", '"${"'],
    "a directive of a template": ["%{if}", "1 to 255"],
    "a letter of another language": ["prüfung", "1 to 255"],
    "a line break at the end": ["sts.amazonaws.com\n", "without spaces"],
  },
});
