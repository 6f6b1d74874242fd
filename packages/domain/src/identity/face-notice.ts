/** What people are told before they agree to face checks. Consents name the version; a change of words is a new version. */
export interface FaceNotice {
  readonly version: string;
  /** Older versions whose consent still holds: nothing that people agreed to has changed since. */
  readonly alsoHolds: readonly string[];
  readonly zh: string;
  readonly en: string;
}

export const faceNotices: readonly FaceNotice[] = [
  {
    version: '2026-11-25',
    alsoHolds: [],
    zh: `用来做什么：登录、学习和考试时，确认屏幕前的是您本人。只用于这一件事。

收集什么：一张登记照片，由它算出的人脸特征值，验证和学习中抓拍的照片。特征值只能用来比对，不能还原成照片。

为什么需要：安全生产网络培训要求验证学员身份，防止他人代学，学时才会被认可。

谁来比对：平台自己的服务器。如果您的培训改由主管部门指定的核验服务比对，照片会加密发送给该服务。

谁能看到：您所在单位和培训机构的管理员、教师，以及主管部门的监管人员。每看一次都有记录。

保存多久：登记照片到期自动删除。抓拍照片按培训档案的期限保存，到期自动删除。特征值保存到您撤回同意为止。全部加密保存。

不同意也能学：可以请现场人员给您一个一次性验证码，或者提交照片和身份证，由两名工作人员人工核对。学时一样有效。

随时可以撤回：在“我的”中点一下“撤回同意”。特征值、登记照片和抓拍照片会立即删除，已经取得的学时不受影响。

想查看、更正或投诉：请联系您的单位或培训机构，也可以向主管部门反映。`,
    en: `What for: to confirm at sign-in, during study and in tests that it is you in front of the screen. For nothing else.

What is collected: one photo to enrol, numbers computed from it, and pictures taken during checks and study. The numbers serve only to compare; no photo can be made from them.

Why: online safety training must verify who is learning, so that nobody learns in your place and your hours are accepted.

Who compares: the platform's own server. If your training uses a service named by the authority instead, pictures are sent to it encrypted.

Who may see it: managers and teachers of your company and training body, and officers of the authority. Every look is recorded.

How long: the photo you enrol is deleted automatically when its time is over. Pictures taken during study are kept as long as training records must be, then deleted. The numbers are kept until you withdraw. Everything is stored encrypted.

You can learn without it: ask somebody on site for a one-time code, or send a photo and your ID card for two people to compare. Those hours count the same.

Withdraw at any time: one tap on “Withdraw consent” under “Me”. Numbers, enrolment photo and pictures are deleted at once; hours you have earned stay.

To see, correct or complain: contact your company or training body, or tell the authority.`,
  },
];

/** The notice in force. */
export function currentFaceNotice(notices: readonly FaceNotice[] = faceNotices): FaceNotice {
  const last = notices.at(-1);
  if (!last) throw new RangeError('no notice about face checks');
  return last;
}

/** Whether consent to a version still allows face checks under the notice in force. */
export function isConsentInForce(version: string, notice: FaceNotice = currentFaceNotice()): boolean {
  return version === notice.version || notice.alsoHolds.includes(version);
}
