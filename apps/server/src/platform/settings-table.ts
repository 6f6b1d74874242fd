import { z } from 'zod';

/** One setting: an environment variable, what it may be and what it is for. */
export type SettingSpec<T> = {
  readonly schema: z.ZodType<T, string | undefined>;
  /** What the settings page shows as the default. */
  readonly fallback: string;
  /** What is allowed, for the settings page and for the sentence that refuses a wrong value. */
  readonly allowed: { readonly zh: string; readonly en: string };
  readonly zh: string;
  readonly en: string;
  /** True if the value must not be shown in logs. */
  readonly secret?: true;
};

function setting<T>(spec: SettingSpec<T>): SettingSpec<T> {
  return spec;
}

const wholeNumber = (least: number, most: number, fallback: number) => ({
  schema: z
    .string()
    .optional()
    .transform((text) => (text === undefined ? fallback : /^\d+$/.test(text) ? Number(text) : Number.NaN))
    .pipe(z.number().int().min(least).max(most)),
  fallback: String(fallback),
  allowed: { zh: `${least} 至 ${most} 的整数`, en: `a whole number from ${least} to ${most}` },
});

const oneOf = <const T extends readonly [string, ...string[]]>(values: T, fallback: T[number]) => ({
  schema: z
    .string()
    .optional()
    .transform((text) => text ?? fallback)
    .pipe(z.enum(values)),
  fallback,
  allowed: { zh: values.join('、'), en: values.join(', ') },
});

const yesNo = (fallback: boolean | undefined, fallbackText: string) => ({
  schema: z
    .enum(['true', 'false'])
    .optional()
    .transform((text) => (text === undefined ? fallback : text === 'true')),
  fallback: fallbackText,
  allowed: { zh: 'true 或 false', en: 'true or false' },
});

const text = (fallback: string | undefined, fallbackText: string, allowed: { zh: string; en: string }) => ({
  schema: z
    .string()
    .optional()
    .transform((value) => value ?? fallback),
  fallback: fallbackText,
  allowed,
});

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/[^/]+\/[^/?]+/)
  .refine((value) => URL.canParse(value))
  .optional();
const postgresAllowed = {
  zh: 'postgresql://用户:密码@主机:端口/数据库',
  en: 'postgresql://user:password@host:port/database',
};

export const appNames = ['learner', 'enterprise', 'supervision'] as const;
export type AppName = (typeof appNames)[number];

/** Every setting of Antu. `docs/settings.md` is generated from this table. */
export const settingsTable = {
  PORT: setting({
    ...wholeNumber(1, 65_535, 8080),
    zh: '网页和接口的端口。',
    en: 'Port of the web pages and the API.',
  }),
  HOST: setting({
    ...text('127.0.0.1', '127.0.0.1', { zh: 'IP 地址或主机名', en: 'an IP address or host name' }),
    zh: '监听地址。默认只接受本机访问；0.0.0.0 表示接受所有网卡。',
    en: 'Address to listen on. By default only this machine can connect; 0.0.0.0 accepts every network interface.',
  }),
  PUBLIC_URL: setting({
    schema: z
      .url({ protocol: /^https?$/ })
      .transform((value) => value.replace(/\/+$/, ''))
      .optional(),
    fallback: 'http://localhost:PORT',
    allowed: { zh: 'http 或 https 网址', en: 'an http or https address' },
    zh: '公众访问本系统的网址：印在二维码里，也是透明日志的名称。启用后请勿更改。',
    en: 'Address under which the public reaches this system: it stands in QR codes and names the transparency log. Keep it once in use.',
  }),
  DATA_DIR: setting({
    ...text('./data', './data', { zh: '目录路径', en: 'a directory' }),
    zh: '数据目录：内置数据库、文件、密钥。',
    en: 'Directory of the embedded database, the files and the keys.',
  }),
  KEY_DIR: setting({
    ...text(undefined, 'DATA_DIR/keys', { zh: '目录路径', en: 'a directory' }),
    zh: '密钥目录。应与数据分开备份，文件权限为 0600。',
    en: 'Directory of the key files (mode 0600). Back it up apart from the data.',
  }),
  STORAGE_DIR: setting({
    ...text(undefined, 'DATA_DIR/files', { zh: '目录路径', en: 'a directory' }),
    zh: '视频、图片等文件的目录。多台主机时须为共享目录。',
    en: 'Directory of videos, pictures and other files. Several hosts must share it.',
  }),
  DATABASE_URL: setting({
    schema: postgresUrl,
    fallback: '',
    allowed: postgresAllowed,
    secret: true,
    zh: '使用外部 PostgreSQL（15 至 18）。不设置时启动内置数据库。',
    en: 'Use this PostgreSQL (15 to 18). Without it the embedded database is started.',
  }),
  DATABASE_OWNER_URL: setting({
    schema: postgresUrl,
    fallback: 'DATABASE_URL',
    allowed: postgresAllowed,
    secret: true,
    zh: '升级数据库结构所用的连接；应用本身使用权限较小的 DATABASE_URL。',
    en: 'Connection for migrations; the application itself uses DATABASE_URL, which needs fewer rights.',
  }),
  DATABASE_POOL_SIZE: setting({
    ...wholeNumber(2, 200, 20),
    zh: '每个进程的数据库连接数上限。',
    en: 'Most database connections of one process.',
  }),
  STATEMENT_TIMEOUT_MS: setting({
    ...wholeNumber(0, 3_600_000, 30_000),
    zh: '单条数据库语句的时限（毫秒），0 为不限。',
    en: 'Time limit of one database statement in milliseconds; 0 is none.',
  }),
  APPS: setting({
    schema: z
      .string()
      .optional()
      .transform((value) => (value ?? appNames.join(',')).split(',').map((name) => name.trim()))
      .pipe(z.array(z.enum(appNames)).min(1)),
    fallback: appNames.join(','),
    allowed: {
      zh: `逗号分隔：${appNames.join('、')}`,
      en: `a comma-separated choice of ${appNames.join(', ')}`,
    },
    zh: '本实例提供的网页端：学员端、企业端、管理端。不同网络可各开一部分。',
    en: 'Web apps that this instance serves. Instances in different networks can each serve a part.',
  }),
  DEMO: setting({
    ...yesNo(undefined, 'true with the embedded database, else false'),
    zh: '演示模式：首次启动时写入演示数据，登录页显示演示账号和动态码。正式使用必须为 false。',
    en: 'Demo mode: seeds demo data at the first start and shows accounts and one-time codes. Must be false in real use.',
  }),
  LOG_LEVEL: setting({
    ...oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    zh: '日志级别。',
    en: 'Log level.',
  }),
  BEAT_WINDOW_MS: setting({
    ...wholeNumber(0, 1000, 25),
    zh: '学习心跳合并提交的时间窗口（毫秒）。',
    en: 'Window in milliseconds within which heartbeats are collected into one commit.',
  }),
  BEAT_GROUPS: setting({
    ...wholeNumber(1, 64, 4),
    zh: '学习心跳的写入组数；单机数据库用少量，分片数据库可为 64。',
    en: 'Write groups of heartbeats: few on one database server, up to 64 on a sharded one.',
  }),
  COOKIE_SECURE: setting({
    ...oneOf(['auto', 'true', 'false'], 'auto'),
    zh: '会话 Cookie 是否只经 HTTPS 发送；auto 按请求协议判断。',
    en: 'Whether the session cookie travels over HTTPS only; auto follows the protocol of the request.',
  }),
  TRUST_PROXY: setting({
    ...text(undefined, '', {
      zh: '逗号分隔的代理地址或网段',
      en: 'comma-separated addresses or networks of proxies',
    }),
    zh: '可信反向代理；仅采信其转发的客户端地址和协议。',
    en: 'Reverse proxies whose forwarded client address and protocol are believed.',
  }),
  MAX_UPLOAD_MIB: setting({
    ...wholeNumber(1, 102_400, 4096),
    zh: '上传视频的大小上限（MiB）。',
    en: 'Largest uploaded video in MiB.',
  }),
  FFMPEG_PATH: setting({
    ...text('ffmpeg', 'ffmpeg', { zh: '程序路径', en: 'path of a program' }),
    zh: 'ffmpeg 程序；转码上传的视频时使用。',
    en: 'The ffmpeg program that transcodes uploaded videos.',
  }),
  FFPROBE_PATH: setting({
    ...text('ffprobe', 'ffprobe', { zh: '程序路径', en: 'path of a program' }),
    zh: 'ffprobe 程序；检查上传的视频时使用。',
    en: 'The ffprobe program that checks uploaded videos.',
  }),
  FACE_WORKERS: setting({
    ...wholeNumber(1, 32, 1),
    zh: '每个进程用于人脸计算的子进程数；每个约占 400 MiB 内存和一个核心。',
    en: 'Child processes that compute faces for one process; each takes about 400 MiB and one core.',
  }),
  FACE_PROVIDER_URL: setting({
    schema: z
      .string()
      .regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/)
      .refine((value) => URL.canParse(value))
      .optional(),
    fallback: '',
    allowed: { zh: 'https:// 地址', en: 'an address that begins with https://' },
    zh: '外部人脸核验服务的地址；仅在人脸规则指定使用外部服务时需要。',
    en: 'Address of an outside face service; needed where the face rules name it.',
  }),
  FACE_PROVIDER_KEY_FILE: setting({
    ...text(undefined, 'KEY_DIR/face-provider.pem', { zh: '文件路径', en: 'path of a file' }),
    zh: '外部人脸核验服务的公钥（Ed25519，PEM）；用于核对其回复的签名。本机公钥由 npm run antu -- face-service-key 给出。',
    en: 'Public key (Ed25519, PEM) that answers of the outside face service are signed with. Ours: npm run antu -- face-service-key.',
  }),
  FACE_PROVIDER_SENDS_IDENTITY: setting({
    ...yesNo(false, 'false'),
    zh: '是否把姓名和身份证号一并发送给外部人脸核验服务（与公安数据比对时需要）。',
    en: 'Whether name and ID number go to the outside face service as well (needed to compare with the national register).',
  }),
  WORKER_CONCURRENCY: setting({
    ...wholeNumber(1, 64, 2),
    zh: '后台任务同时运行的数量。',
    en: 'How many background jobs run at once.',
  }),
  POSTGRES_PORT: setting({
    ...wholeNumber(0, 65_535, 0),
    zh: '内置数据库的端口；0 表示自动选择并记住。',
    en: 'Port of the embedded database; 0 picks a free one and keeps it.',
  }),
} as const;
