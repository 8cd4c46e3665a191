/*
 * From reader to writer. On several threads each cuts a part of whole records off
 * the input (one at a time), turns it into output, and puts out what is done up to
 * there, in order, so that nothing tells how many threads there were. No thread
 * waits for another to give it work: where threads sleep and wake in turn, systems
 * like to keep them on one core.
 */
#include "base/diags.h"
#include "base/mem.h"
#include "format/format.h"
#include "format/keys.h"

#include <errno.h>
#include <pthread.h>

#define FLUSH_AT ((size_t)256 << 10)  /* output is handed on in such pieces */
#define PART_SIZE ((size_t)256 << 10) /* input for one go of a thread: a cache full */
#define STACK_SIZE ((size_t)2 << 20)  /* NKC_JSON_DEPTH_MAX calls deep; some systems give a thread 128 KiB only */

/* Where the output goes. What failed once is not tried again: behind the gap nothing may follow. */
typedef struct outlet {
	nkc_buf buf;
	nkc_flush_fn flush;
	void *context;
	nkc_status status;
	int error; /* errno of the failure */
} outlet;

static nkc_status flush_bytes(outlet *out, nkc_str bytes)
{
	if (!out->status && bytes.len) {
		out->status = out->flush(out->context, bytes);
		out->error = errno;
	}
	return out->status;
}

/* Hands on what has gathered, if that is at least so much. */
static nkc_status flush_if(outlet *out, size_t least)
{
	nkc_status status = nkc_buf_status(&out->buf);
	if (status || out->buf.len < least)
		return status;
	status = flush_bytes(out, nkc_buf_str(&out->buf));
	nkc_buf_clear(&out->buf);
	return status;
}

/* --- one thread --- */

static nkc_status convert_rest(nkc_reader *reader, nkc_writer *writer, outlet *out, nkc_diags *diags)
{
	nkc_record *record;
	nkc_status status = nkc_reader_next(reader, &record);
	while (!status && record) {
		status = nkc_writer_record(writer, record, &out->buf, diags);
		if (!status)
			status = flush_if(out, FLUSH_AT);
		if (!status)
			status = nkc_reader_next(reader, &record);
	}
	return status;
}

/* --- several --- */

/* A key in a part's output. Whether it stands twice is known when the parts are joined. */
typedef struct key_mark {
	size_t at, length;
	size_t id_offset; /* of the id in the part's text, for the finding */
	size_t findings;  /* how many findings of the part come before that of this key */
	nkc_str id;
	bool has_id;
} key_mark;

typedef enum slot_state {
	SLOT_FREE,
	SLOT_BUSY,
	SLOT_DONE /* waits for its turn to be put out */
} slot_state;

/* One part of the input on its way. */
typedef struct slot {
	slot_state state;
	nkc_buf text, out;
	nkc_buf marks; /* key_mark, one behind the other */
	nkc_part part;
	nkc_diags *diags;
	nkc_arena *arena; /* ids of the marks */
	uint64_t count;
	nkc_status status;
} slot;

typedef struct crew {
	pthread_mutex_t cutting; /* held by the one thread that cuts; guards reader and newest */
	pthread_mutex_t lock;    /* guards what follows, and the states of slots; taken last */
	pthread_cond_t freed;    /* a slot is free again, or all is over */
	slot *slots;             /* they go round in order */
	size_t slot_count;
	size_t newest; /* the slot for the next part */
	size_t oldest; /* the slot whose part is put out next */
	bool joining;  /* a thread puts out; writer, out and diags are its own meanwhile */
	bool over;     /* nothing is left to cut, or something failed */
	nkc_status status, cut_status;
	nkc_reader *reader;
	nkc_writer *writer;
	outlet *out;
	nkc_diags *diags;
} crew;

static void mark_key(slot *s, const nkc_writer *writer, const nkc_record *record)
{
	nkc_place place = nkc_record_place(record, nkc_record_get(record, NKC_VAR_ID));
	key_mark mark = { writer->key_at, writer->key_length, place.offset, nkc_diags_count(s->diags),
		          nkc_arena_str(s->arena, place.record), place.value != NULL };
	nkc_buf_put(&s->marks, (const char *)&mark, sizeof mark);
}

static nkc_status convert_part(slot *s, const nkc_format *from, nkc_writer *writer)
{
	nkc_reader *reader = NULL;
	nkc_record *record;
	nkc_status status = nkc_reader_open_part(&reader, from, &s->part, s->diags);
	if (status)
		return status;
	writer->count = 0;
	while (!(status = nkc_reader_next(reader, &record)) && record) {
		status = nkc_writer_record(writer, record, &s->out, s->diags);
		if (status)
			break;
		if (writer->key_length)
			mark_key(s, writer, record);
	}
	s->count = writer->count;
	nkc_reader_close(reader);
	if (!status)
		status = nkc_buf_status(&s->marks);
	return status ? status : nkc_arena_status(s->arena);
}

static void release_slots(crew *c)
{
	for (size_t i = 0; c->slots && i < c->slot_count; i++) {
		nkc_buf_release(&c->slots[i].text);
		nkc_buf_release(&c->slots[i].out);
		nkc_buf_release(&c->slots[i].marks);
		nkc_diags_free(c->slots[i].diags);
		nkc_arena_free(c->slots[i].arena);
	}
	nkc_free(c->slots);
}

static nkc_status make_slots(crew *c, size_t count, const nkc_diags *diags)
{
	c->slots = nkc_calloc(count, sizeof *c->slots);
	if (!c->slots)
		return NKC_ENOMEM;
	c->slot_count = count;
	bool whole = true;
	for (size_t i = 0; i < count; i++) {
		slot *s = &c->slots[i];
		nkc_buf_init(&s->text);
		nkc_buf_init(&s->out);
		nkc_buf_init(&s->marks);
		s->diags = nkc_diags_new_like(diags);
		s->arena = nkc_arena_new();
		whole = whole && s->diags && s->arena;
	}
	return whole ? NKC_OK : NKC_ENOMEM;
}

/* Findings of the part up to `upto`, from *from on. */
static void pass_findings(slot *s, size_t *from, size_t upto, nkc_diags *diags)
{
	for (; *from < upto; ++*from)
		nkc_diags_append(diags, nkc_diags_at(s->diags, *from));
}

/*
 * Puts the part's output behind what there is, its keys made unique among all before. It is copied from key to key: to
 * insert suffixes where it is would move all the rest for each.
 */
static nkc_status join_keys(crew *c, slot *s, size_t *told)
{
	outlet *out = c->out;
	size_t from = 0;
	nkc_status status = NKC_OK;
	for (size_t at = 0; !status && at < s->marks.len; at += sizeof(key_mark)) {
		key_mark mark;
		memcpy(&mark, s->marks.ptr + at, sizeof mark);
		pass_findings(s, told, mark.findings, c->diags);
		size_t upto = mark.at + mark.length, added;
		nkc_buf_put(&out->buf, s->out.ptr + from, upto - from);
		from = upto;
		status = nkc_buf_status(&out->buf);
		if (status)
			break;
		nkc_place place = { .source = &s->part.source, .offset = mark.id_offset, .record = mark.id };
		place.pointer = mark.has_id ? NKC_STR("/id") : NKC_STR("");
		status = nkc_writer_make_key_unique(c->writer, &out->buf, out->buf.len - mark.length,
		                                    mark.length, &place, c->diags, &added);
	}
	nkc_buf_put(&out->buf, s->out.ptr + from, s->out.len - from);
	return status ? status : flush_if(out, FLUSH_AT);
}

static nkc_status join_output(crew *c, slot *s, size_t *told)
{
	outlet *out = c->out;
	if (s->count && c->writer->count && c->writer->format->writer->separator)
		nkc_buf_puts(&out->buf, c->writer->format->writer->separator);
	c->writer->count += s->count;
	if (s->marks.len)
		return join_keys(c, s, told);
	nkc_status status = flush_if(out, 1);
	return status ? status : flush_bytes(out, nkc_buf_str(&s->out));
}

/* Puts a part out, findings and all. */
static nkc_status join_slot(crew *c, slot *s)
{
	size_t told = 0;
	nkc_status status = s->status ? s->status : join_output(c, s, &told);
	pass_findings(s, &told, nkc_diags_count(s->diags), c->diags);
	return status;
}

/* Puts out what is done, as far as its turn has come, unless another thread is at it. */
static void join_done(crew *c)
{
	pthread_mutex_lock(&c->lock);
	while (!c->joining && !c->status && c->slots[c->oldest].state == SLOT_DONE) {
		slot *s = &c->slots[c->oldest];
		c->joining = true;
		pthread_mutex_unlock(&c->lock);
		nkc_status status = join_slot(c, s);
		pthread_mutex_lock(&c->lock);
		c->joining = false;
		c->status = status;
		c->over = c->over || status;
		s->state = SLOT_FREE;
		c->oldest = (c->oldest + 1) % c->slot_count;
		pthread_cond_broadcast(&c->freed);
	}
	pthread_mutex_unlock(&c->lock);
}

/* The slot for the next part, once it is free; NULL when there is no more to do. */
static slot *wait_for_slot(crew *c)
{
	slot *s = &c->slots[c->newest];
	pthread_mutex_lock(&c->lock);
	while (!c->over && s->state != SLOT_FREE)
		pthread_cond_wait(&c->freed, &c->lock);
	bool over = c->over;
	pthread_mutex_unlock(&c->lock);
	return over ? NULL : s;
}

static void copy_part(slot *s, const nkc_part *part)
{
	nkc_buf_clear(&s->text);
	nkc_buf_clear(&s->out);
	nkc_buf_clear(&s->marks);
	nkc_diags_clear(s->diags);
	nkc_arena_reset(s->arena);
	nkc_buf_put_str(&s->text, part->source.text);
	s->part = *part;
	s->part.source.text = nkc_buf_str(&s->text);
	s->count = 0;
}

/* Cuts the next part off, into its slot. */
static slot *cut_part(crew *c)
{
	pthread_mutex_lock(&c->cutting);
	slot *s = wait_for_slot(c);
	if (s) {
		nkc_part part;
		nkc_status status = c->reader->format->reader->split(c->reader, PART_SIZE, &part);
		bool more = !status && part.end > part.start;
		if (more)
			copy_part(s, &part);
		if (more && !status)
			status = nkc_buf_status(&s->text);
		pthread_mutex_lock(&c->lock);
		if (more && !status) {
			s->state = SLOT_BUSY;
			c->newest = (c->newest + 1) % c->slot_count;
		} else {
			c->over = true;
			c->cut_status = status;
			pthread_cond_broadcast(&c->freed);
			s = NULL;
		}
		pthread_mutex_unlock(&c->lock);
	}
	pthread_mutex_unlock(&c->cutting);
	return s;
}

static void *work(void *context)
{
	crew *c = context;
	nkc_writer *writer = NULL;
	nkc_status failed = nkc_writer_open(&writer, c->writer->format, &c->writer->options);
	if (writer)
		writer->is_part = true;
	for (slot *s; (s = cut_part(c)) != NULL;) {
		s->status = failed ? failed : convert_part(s, c->reader->format, writer);
		pthread_mutex_lock(&c->lock);
		s->state = SLOT_DONE;
		pthread_mutex_unlock(&c->lock);
		join_done(c);
	}
	nkc_writer_close(writer);
	return NULL;
}

/* On as many threads as can be had, up to jobs; this one is the first of them. */
static void work_together(crew *c, unsigned jobs)
{
	pthread_t threads[NKC_JOBS_MAX];
	unsigned count = 0;
	pthread_attr_t attributes;
	if (pthread_attr_init(&attributes) == 0) {
		pthread_attr_setstacksize(&attributes, STACK_SIZE);
		while (count + 1 < jobs && pthread_create(&threads[count], &attributes, work, c) == 0)
			count++;
		pthread_attr_destroy(&attributes);
	}
	work(c);
	while (count)
		pthread_join(threads[--count], NULL);
}

static nkc_status convert_parts(nkc_reader *reader, nkc_writer *writer, unsigned jobs, outlet *out, nkc_diags *diags)
{
	crew c = { .cutting = PTHREAD_MUTEX_INITIALIZER, .lock = PTHREAD_MUTEX_INITIALIZER,
		   .freed = PTHREAD_COND_INITIALIZER, .reader = reader, .writer = writer, .out = out, .diags = diags };
	c.status = make_slots(&c, 2 * (size_t)jobs + 1, diags);
	if (!c.status)
		work_together(&c, jobs);
	release_slots(&c);
	pthread_cond_destroy(&c.freed);
	pthread_mutex_destroy(&c.lock);
	pthread_mutex_destroy(&c.cutting);
	return c.status ? c.status : c.cut_status;
}

nkc_status nkc_convert(nkc_reader *reader, nkc_writer *writer, unsigned jobs, nkc_flush_fn flush, void *context,
                       nkc_diags *diags, uint64_t *count)
{
	outlet out = { .buf = NKC_BUF_INIT, .flush = flush, .context = context };
	uint64_t before = writer->count;
	/* Tales of what was not carried come from one thread, in order. */
	bool several = jobs > 1 && reader->format->reader->split && !writer->options.tell &&
	               !writer->format->writer->in_order;
	nkc_status status = NKC_OK;
	if (several)
		status = convert_parts(reader, writer, jobs < NKC_JOBS_MAX ? jobs : NKC_JOBS_MAX, &out, diags);
	if (!status)
		status = convert_rest(reader, writer, &out, diags);
	/* Of a file that broke off, what was read counts. */
	nkc_status last = flush_if(&out, 1);
	nkc_buf_release(&out.buf);
	if (count)
		*count = writer->count - before;
	if (out.status)
		errno = out.error;
	return status ? status : last;
}
