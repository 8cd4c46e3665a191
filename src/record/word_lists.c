/*
 * word_lists.c: the words that the rules of the checker look for. Lower case, each list sorted bytewise.
 */
#include "record/words.h"

/* Words that organisations bear and people do not. */
static const char *const organisation[] = {
	"academy", "administration", "agency", "akademie", "alliance", "archive", "archives", "associates",
	"association", "authority", "bibliothek", "bundesamt", "bundesministerium", "bureau", "center",
	"centre", "coalition", "collective", "college", "comité", "commission", "committee",
	"company", "congress", "consortium", "corp", "corporation", "council", "department", "district", "division",
	"embassy", "federation", "foundation", "fundación", "gesellschaft", "gmbh",
	"government", "hospital", "inc", "initiative", "institut", "institute", "institution", "instituto",
	"laboratory", "library", "llc", "ltd", "ministerium", "ministry", "ministère", "museum",
	"network", "office", "organisation", "organization", "parliament", "partnership", "project",
	"research", "secretariat", "senate", "service", "services", "society", "stiftung", "studies",
	"taskforce", "union", "universidad", "universidade", "university", "università",
	"universität", "université", "verein", "verlag", "watch",
};

/* Words that people bear, too, but not in a family name of several words. */
static const char *const long_organisation[] = {
	"bank", "board", "church", "club", "college", "court", "fund", "group", "news", "party", "press",
	"school", "staff", "team", "times", "trust",
};

/* What a title, role or byline adds to a name. */
static const char *const role[] = {
	"by", "columnist", "contributor", "correspondent", "dr", "editor", "editors", "freelance", "hg",
	"hrsg", "ph.d", "phd", "photographer", "prof", "professor", "reporter", "translator", "writer",
};

/* Roles in brackets behind a name. */
static const char *const bracketed_role[] = {
	"author", "comp", "dir", "ed", "editor", "editors", "eds", "hg", "hrsg", "red", "tr", "trans",
	"transl", "translator", "éd",
};

/* Months, whole and cut. */
static const char *const month[] = {
	"apr", "april", "aug", "august", "dec", "december", "feb", "february", "jan", "january", "jul",
	"july", "jun", "june", "mar", "march", "may", "nov", "november", "oct", "october", "sep", "sept",
	"september",
};

/* What stands before the date of a byline. */
static const char *const byline_date[] = {
	"posted", "published", "updated",
};

/* What stands where no name is known. */
static const char *const nobody[] = {
	"[s.n.]", "admin", "administrator", "anon", "anon.", "anonym", "anonyme", "anonymous", "author",
	"author unknown", "editor", "guest", "n.n.", "n/a", "no author", "none", "null", "staff",
	"staff reporter", "staff writer", "test", "undefined", "unknown", "unknown author", "user",
	"various", "various authors", "webmaster",
};

/* What ends in a full stop at the end of a title; shorter words are passed over anyway. */
static const char *const abbreviation[] = {
	"assn", "assoc", "bros", "comp", "corp", "dept", "diss", "illus", "intl", "misc", "natl", "proc",
	"soc", "univ", "vols",
};

/* Titles of error pages, login pages and empty templates. */
static const char *const no_title[] = {
	"301 moved permanently", "302 found", "403 forbidden", "404", "404 error", "404 not found",
	"500 internal server error", "access denied", "are you a robot?",
	"attention required! | cloudflare", "bad gateway", "error", "error 404", "forbidden", "home",
	"home page", "homepage", "index", "just a moment...", "log in", "login", "new tab", "no title",
	"no title available", "not found", "page not found", "please wait...", "redirecting...",
	"robot check", "service unavailable", "sign in", "title", "untitled", "untitled document",
	"untitled page", "welcome",
};

/* Rich text of CSL-JSON. */
static const char *const csl_tag[] = {
	"b", "i", "sc", "span", "sub", "sup",
};

/* Tags of HTML, MathML and JATS that are found in records. */
static const char *const other_tag[] = {
	"a", "article-title", "bold", "br", "center", "code", "div", "em", "font", "h1", "h2", "h3", "h4",
	"h5", "h6", "hr", "img", "inf", "italic", "li", "math", "mfrac", "mi", "mml:math", "mn", "mo",
	"mrow", "msub", "msup", "ol", "p", "pre", "s", "scp", "sec", "small", "strike", "strong", "table",
	"td", "title", "tr", "tt", "u", "ul", "underline",
};

/* What stands where no value is known. */
static const char *const no_value[] = {
	"-", "--", "?", "??", "[object object]", "n/a", "nan", "none", "not available", "null", "tbd",
	"undefined", "unknown", "unspecified", "xxx",
};

/* Schemes that a reader can follow or that name something. */
static const char *const scheme[] = {
	"ark", "doi", "ftp", "ftps", "gemini", "git", "gopher", "hdl", "http", "https", "info", "ipfs",
	"magnet", "news", "nntp", "sftp", "urn",
};

/* Hosts of archived copies. */
static const char *const archive_host[] = {
	"archive.is", "archive.md", "archive.ph", "archive.today", "arquivo.pt", "perma.cc",
	"web.archive.org", "webcitation.org", "www.webcitation.org",
};

#define LIST(array) { array, sizeof(array) / sizeof((array)[0]) }

const nkc_words nkc_word_lists[NKC_WORDS_COUNT] = {
	[NKC_WORDS_ORGANISATION] = LIST(organisation),
	[NKC_WORDS_LONG_ORGANISATION] = LIST(long_organisation),
	[NKC_WORDS_ROLE] = LIST(role),
	[NKC_WORDS_BRACKETED_ROLE] = LIST(bracketed_role),
	[NKC_WORDS_MONTH] = LIST(month),
	[NKC_WORDS_BYLINE_DATE] = LIST(byline_date),
	[NKC_WORDS_NOBODY] = LIST(nobody),
	[NKC_WORDS_ABBREVIATION] = LIST(abbreviation),
	[NKC_WORDS_NO_TITLE] = LIST(no_title),
	[NKC_WORDS_CSL_TAG] = LIST(csl_tag),
	[NKC_WORDS_OTHER_TAG] = LIST(other_tag),
	[NKC_WORDS_NO_VALUE] = LIST(no_value),
	[NKC_WORDS_SCHEME] = LIST(scheme),
	[NKC_WORDS_ARCHIVE_HOST] = LIST(archive_host),
};
