export { requireOwnPerson } from '../people/index.ts';
import type { RouteContext } from '../../platform/http/route.ts';

/** A request of somebody about their own exams. */
export type OwnContext = RouteContext<'exams.own'>;
