#include <config.h>

#include "base/versions.h"

static const struct {
	const char *name;
	void (*get)(char version[NKC_VERSION_SIZE]);
} components[] = {
	{ "cmark", nkc_commonmark_version },
	{ "ICU", nkc_text_version },
	{ "libxml2", nkc_xml_version },
	{ "libyaml", nkc_yaml_version },
};

const char *nkc_version(void)
{
	return PACKAGE_VERSION;
}

const char *nkc_component_at(size_t index, char version[NKC_VERSION_SIZE])
{
	if (index >= sizeof components / sizeof *components)
		return NULL;
	components[index].get(version);
	return components[index].name;
}
