/** What is measured beside k6's own metrics. */
import { Counter, Rate, Trend } from 'k6/metrics';

/** From the first try to the confirmation, retries included: what a shopper waits. Confirmed operations only. */
export const operationDuration = new Trend('operation_duration', true);

/** Share of operations that no instance confirmed, however often they were tried. */
export const operationFailed = new Rate('operation_failed');

/** Answers that no instance should give, such as a 400 or a 413. */
export const unexpectedAnswers = new Counter('unexpected_answers');

/** Tries after the first. */
export const retries = new Counter('retries');

/** Share of reads that showed all that was confirmed to the shopper who reads. Below 1 during a split, by design. */
export const readsCurrent = new Rate('reads_current');

/** What the audit found wrong, each line of a cart at each instance by itself. */
export const lost = new Counter('audit_lost');
export const doubled = new Counter('audit_doubled');
export const resurfaced = new Counter('audit_resurfaced');

/** Carts and orders that the audit could not read, or did not get to. */
export const unread = new Counter('audit_unread');

/** Reads that the audit repeated, since the first did not show what was confirmed. */
export const readAgain = new Counter('audit_read_again');

/** Carts that the audit compared, at each instance by itself. */
export const compared = new Counter('audit_carts_compared');

/** Operations that were confirmed; and those of them that the audit has not looked at, 0 in the end. */
export const confirmed = new Counter('operations_confirmed');
export const unaudited = new Counter('operations_unaudited');

/**
 * For a line to which many shoppers add at once: what was confirmed less what an instance shows; and what it shows less
 * what was confirmed or may have been. Both are tagged with the instance, and at most 0 in the end.
 */
export const sharedMissing = new Counter('audit_shared_missing');
export const sharedSurplus = new Counter('audit_shared_surplus');
