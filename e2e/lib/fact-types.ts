import type { EndpointAnswer, getLearningHome, getLearnerRecord, getOwnHours } from '@antu/contract';

export type LearningHomeFacts = EndpointAnswer<typeof getLearningHome>;
export type LearnerRecordFacts = EndpointAnswer<typeof getLearnerRecord>;
export type OwnHoursFacts = EndpointAnswer<typeof getOwnHours>;
