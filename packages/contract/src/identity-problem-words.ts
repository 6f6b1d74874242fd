import type { IdentityProblem } from '@antu/domain';

/** What a learner is told: the cause and what to do about it. */
export interface ProblemWords {
  readonly zh: string;
  readonly en: string;
  readonly remedyZh: string;
  readonly remedyEn: string;
}
export const identityProblemNames: { readonly [Problem in IdentityProblem]: ProblemWords } = {
  'no-face': {
    zh: '没有看到您的脸',
    en: 'Your face was not seen',
    remedyZh: '把脸放进椭圆框里',
    remedyEn: 'Put your face into the oval',
  },
  'two-faces': {
    zh: '画面中有两个人',
    en: 'There are two people in the picture',
    remedyZh: '请让旁边的人离开画面',
    remedyEn: 'Ask the other person to step aside',
  },
  'too-small': { zh: '离得太远', en: 'Too far away', remedyZh: '把手机拿近一些', remedyEn: 'Hold the phone closer' },
  'too-dark': {
    zh: '光线太暗',
    en: 'Too dark',
    remedyZh: '打开车内灯，或面向亮处',
    remedyEn: 'Switch on a light or turn towards one',
  },
  'too-bright': {
    zh: '光线太强',
    en: 'Too bright',
    remedyZh: '背对太阳或强光',
    remedyEn: 'Turn away from the sun or the lamp',
  },
  blurred: {
    zh: '画面不清楚',
    en: 'The picture is blurred',
    remedyZh: '擦一擦镜头，手机拿稳',
    remedyEn: 'Wipe the lens and hold the phone still',
  },
  'not-frontal': {
    zh: '没有正对镜头',
    en: 'You are not facing the camera',
    remedyZh: '开始时请正对屏幕',
    remedyEn: 'Look straight at the screen first',
  },
  'eyes-covered': {
    zh: '眼睛被挡住了',
    en: 'Your eyes are covered',
    remedyZh: '摘下墨镜，抬高帽檐',
    remedyEn: 'Take off sunglasses or lift your cap',
  },
  'picture-of-picture': {
    zh: '像是对着照片或屏幕拍的',
    en: 'This looks like a picture of a picture',
    remedyZh: '请本人面对镜头',
    remedyEn: 'Face the camera yourself',
  },
  'other-person': {
    zh: '与登记的照片不是同一人',
    en: 'Not the person who is enrolled',
    remedyZh: '请本人验证；如照片过旧，请联系单位更新',
    remedyEn: 'The learner must do this; if the photo is old, ask your company for a new one',
  },
  'not-live': {
    zh: '没有确认到真人动作',
    en: 'No live movement was seen',
    remedyZh: '请按提示动作，不要用照片或视频',
    remedyEn: 'Follow the prompts; photos and videos do not work',
  },
  'prompt-missed': {
    zh: '没有看到要求的动作',
    en: 'The movement was not seen',
    remedyZh: '动作慢一点、大一点',
    remedyEn: 'Move more slowly and further',
  },
  'wrong-movement': {
    zh: '动作与提示不一致',
    en: 'Another movement than asked was seen',
    remedyZh: '看清提示再做，一次只做一个动作',
    remedyEn: 'Read the prompt and do only that',
  },
  'face-changed': {
    zh: '验证中途换了人',
    en: 'The person changed during the check',
    remedyZh: '请一个人完成全部动作',
    remedyEn: 'One person has to do the whole check',
  },
  'too-slow': {
    zh: '超过了时间',
    en: 'Time ran out',
    remedyZh: '提示出现后马上做',
    remedyEn: 'Move as soon as you are asked',
  },
  replayed: {
    zh: '画面重复，像是播放的录像',
    en: 'The pictures repeat like a recording',
    remedyZh: '关闭虚拟摄像头，用手机自带的相机',
    remedyEn: 'Switch off virtual cameras and use the real one',
  },
  unreadable: {
    zh: '照片没有传好',
    en: 'The picture did not arrive well',
    remedyZh: '请再试一次',
    remedyEn: 'Please try again',
  },
  'not-enrolled': {
    zh: '还没有登记照片',
    en: 'No photo is enrolled yet',
    remedyZh: '先登记照片，或换其他方式',
    remedyEn: 'Enrol a photo first or use another way',
  },
  'provider-away': {
    zh: '核验服务暂时连不上',
    en: 'The checking service cannot be reached',
    remedyZh: '稍后再试，或换其他方式',
    remedyEn: 'Try later or use another way',
  },
};
