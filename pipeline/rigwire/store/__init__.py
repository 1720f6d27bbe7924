"""The one SQLite file: schema, writing, reading."""

from rigwire.store.backfill import BackfillList, add_lists, begin_backfill, finish_list, next_list
from rigwire.store.backup import back_up
from rigwire.store.changes import Changes
from rigwire.store.checking import Finding, check_database, repair_database
from rigwire.store.corrections.gold import gold_documents
from rigwire.store.corrections.table import (
    Author,
    FoundEvent,
    add_event,
    change_event,
    find_event,
    list_corrections,
    strike_event,
    undo_correction,
)
from rigwire.store.database import RejectedError, Store, open_database
from rigwire.store.decisions import merge_stories, split_story, undo_decisions
from rigwire.store.forgetting import Forgotten, drop_if_forgotten, drop_old_pages, forget_article, forget_source
from rigwire.store.identity import KnownArticle, find_article, text_hash
from rigwire.store.ingested import Ingested, document_digest, find_ingested, note_ingested
from rigwire.store.items import (
    EnqueueResult,
    NewItem,
    QueueItem,
    complete_item,
    delay_item,
    doubt_item,
    enqueue_items,
    fail_item,
    pending_items,
    retry_failed_items,
)
from rigwire.store.named import NamedQuery, Parameter, named_queries
from rigwire.store.outbox import Waiting, begin_alert, due_alerts, note_matches, note_sent, note_unsent
from rigwire.store.pages import last_page
from rigwire.store.queries import QueryResult, run_named, run_query, search_articles
from rigwire.store.rereading import (
    articles_to_reread,
    begin_rereading,
    material_of,
    save_rereading,
    skip_rereading,
)
from rigwire.store.state import (
    FEED_COLUMNS,
    begin_run,
    close_unfinished_runs,
    declare_sources,
    finish_run,
    item_moments,
    load_feed_states,
    load_robots,
    save_feed_state,
    save_robots,
    stored_sources,
)
from rigwire.store.stored import stored_events, stored_extraction
from rigwire.store.stories import catch_up, update_stories
from rigwire.store.write import SaveResult, save_article

__all__ = [
    "FEED_COLUMNS",
    "Author",
    "BackfillList",
    "Changes",
    "EnqueueResult",
    "Finding",
    "Forgotten",
    "FoundEvent",
    "Ingested",
    "KnownArticle",
    "NamedQuery",
    "NewItem",
    "Parameter",
    "QueryResult",
    "QueueItem",
    "RejectedError",
    "SaveResult",
    "Store",
    "Waiting",
    "add_event",
    "add_lists",
    "articles_to_reread",
    "back_up",
    "begin_alert",
    "begin_backfill",
    "begin_rereading",
    "begin_run",
    "catch_up",
    "change_event",
    "check_database",
    "close_unfinished_runs",
    "complete_item",
    "declare_sources",
    "delay_item",
    "document_digest",
    "doubt_item",
    "drop_if_forgotten",
    "drop_old_pages",
    "due_alerts",
    "enqueue_items",
    "fail_item",
    "find_article",
    "find_event",
    "find_ingested",
    "finish_list",
    "finish_run",
    "forget_article",
    "forget_source",
    "gold_documents",
    "item_moments",
    "last_page",
    "list_corrections",
    "load_feed_states",
    "load_robots",
    "material_of",
    "merge_stories",
    "named_queries",
    "next_list",
    "note_ingested",
    "note_matches",
    "note_sent",
    "note_unsent",
    "open_database",
    "pending_items",
    "repair_database",
    "retry_failed_items",
    "run_named",
    "run_query",
    "save_article",
    "save_feed_state",
    "save_rereading",
    "save_robots",
    "search_articles",
    "skip_rereading",
    "split_story",
    "stored_events",
    "stored_extraction",
    "stored_sources",
    "strike_event",
    "text_hash",
    "undo_correction",
    "undo_decisions",
    "update_stories",
]
