import type {
  EndpointAnswer,
  getCourse,
  getLearnerRecord,
  getLearningCourse,
  getLearningHome,
  getOwnHours,
  getSessionProof,
  listCourses,
  listExamPlans,
  listExams,
  listReviewCases,
  listSyllabi,
} from '@antu/contract';

export type LearningHomeFacts = EndpointAnswer<typeof getLearningHome>;
export type LearningCourseFacts = EndpointAnswer<typeof getLearningCourse>;
export type LearnerRecordFacts = EndpointAnswer<typeof getLearnerRecord>;
export type OwnHoursFacts = EndpointAnswer<typeof getOwnHours>;
export type ProofFacts = EndpointAnswer<typeof getSessionProof>;
export type CoursesFacts = EndpointAnswer<typeof listCourses>;
export type ExamsFacts = EndpointAnswer<typeof listExams>;
export type ExamPlansFacts = EndpointAnswer<typeof listExamPlans>;
export type CourseFacts = EndpointAnswer<typeof getCourse>;
export type ReviewCasesFacts = EndpointAnswer<typeof listReviewCases>;
export type SyllabiFacts = EndpointAnswer<typeof listSyllabi>;
