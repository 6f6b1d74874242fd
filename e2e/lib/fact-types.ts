import type {
  EndpointAnswer,
  getCourse,
  getLearnerRecord,
  getLearningHome,
  getOwnHours,
  getSessionProof,
  listCourses,
} from '@antu/contract';

export type LearningHomeFacts = EndpointAnswer<typeof getLearningHome>;
export type LearnerRecordFacts = EndpointAnswer<typeof getLearnerRecord>;
export type OwnHoursFacts = EndpointAnswer<typeof getOwnHours>;
export type ProofFacts = EndpointAnswer<typeof getSessionProof>;
export type CoursesFacts = EndpointAnswer<typeof listCourses>;
export type CourseFacts = EndpointAnswer<typeof getCourse>;
