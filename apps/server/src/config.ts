import 'reflect-metadata';
import { plainToInstance, Transform } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateBy,
  validateSync,
} from 'class-validator';
import { isIP } from 'node:net';
import path from 'node:path';
import { isOutsideAddress, readKeepers, readWitnesses } from '@enishi/worker';
import { readMailboxes } from './work/mailboxes';

/** Addresses outside may be of this machine, without TLS, in development only. */
export const loopbackIn = ({ ENISHI_MODE }: Pick<ServerConfig, 'ENISHI_MODE'>): { loopback: boolean } => ({
  loopback: ENISHI_MODE === 'development',
});

const URL_OPTIONS = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** A setting is wrong or missing: each problem names its variable and the remedy. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** All settings of the server, from the environment. Names and defaults are in README, "Configuration". */
export class ServerConfig {
  @IsString()
  ENISHI_HOME!: string;

  @IsIn(['development', 'production'], { message: 'ENISHI_MODE must be development or production' })
  ENISHI_MODE!: 'development' | 'production';

  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_PORT must be a whole number' })
  @Min(1, { message: 'ENISHI_PORT must be at least 1' })
  @Max(65535, { message: 'ENISHI_PORT must be at most 65535' })
  ENISHI_PORT!: number;

  @IsString()
  ENISHI_BIND!: string;

  @IsUrl(URL_OPTIONS, {
    message: 'ENISHI_PUBLIC_URL must be the http(s) address people open, e.g. https://enishi.example.jp',
  })
  ENISHI_PUBLIC_URL!: string;

  @IsOptional()
  @Matches(/^(postgres(ql)?|(esdb|kurrentdb)(\+discover)?):\/\//, {
    message:
      'ENISHI_EVENT_STORE must begin with esdb://, kurrentdb:// or postgres://; leave it out for the embedded PostgreSQL',
  })
  ENISHI_EVENT_STORE?: string;

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, {
    message: 'ENISHI_DATABASE must begin with postgres://; leave it out for the embedded PostgreSQL',
  })
  ENISHI_DATABASE?: string;

  @Transform(({ value }) =>
    String(value)
      .split(',')
      .map((role) => role.trim())
      .filter(Boolean),
  )
  @ArrayNotEmpty({ message: 'ENISHI_ROLES must name api, worker or both (api,worker)' })
  @IsIn(['api', 'worker'], { each: true, message: 'ENISHI_ROLES must name api, worker or both (api,worker)' })
  ENISHI_ROLES!: ('api' | 'worker')[];

  @IsOptional()
  @IsUrl(URL_OPTIONS, { message: 'ENISHI_OIDC_ISSUER must be the address of your identity provider' })
  ENISHI_OIDC_ISSUER?: string;

  @IsOptional()
  @IsString()
  ENISHI_OIDC_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  ENISHI_OIDC_CLIENT_SECRET?: string;

  @IsOptional()
  @IsString()
  ENISHI_OIDC_AUDIENCE?: string;

  @Matches(/^(file:.+|mount:.+|env:[A-Z_][A-Z0-9_]*)$/, {
    message:
      'ENISHI_KEYS must be env:VARIABLE or mount:/path/to/master.key (32 bytes in base64), or file:/path in development',
  })
  ENISHI_KEYS!: string;

  @IsString()
  ENISHI_EPOCHS!: string;

  @IsString()
  ENISHI_SHREDS!: string;

  /** Addresses of reverse proxies whose `X-Forwarded-For` is believed; without it, none is. */
  @IsOptional()
  @ValidateBy(
    { name: 'areNetworks', validator: { validate: (value) => String(value).split(',').every(isNetwork) } },
    { message: 'ENISHI_TRUSTED_PROXIES must be addresses or networks, e.g. 10.0.0.5,10.1.0.0/16' },
  )
  ENISHI_TRUSTED_PROXIES?: string;

  /** Seconds between SIGTERM and closing the port, in which `/ready` says 503 and requests are still answered. */
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_DRAIN_SECONDS must be a whole number of seconds' })
  @Min(0, { message: 'ENISHI_DRAIN_SECONDS must be at least 0' })
  @Max(20, { message: 'ENISHI_DRAIN_SECONDS must be at most 20' })
  ENISHI_DRAIN_SECONDS!: number;

  /** Where `/metrics` is; without it there is none. */
  @IsOptional()
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_METRICS_PORT must be a whole number' })
  @Min(1, { message: 'ENISHI_METRICS_PORT must be at least 1' })
  @Max(65535, { message: 'ENISHI_METRICS_PORT must be at most 65535' })
  ENISHI_METRICS_PORT?: number;

  @IsString()
  ENISHI_METRICS_BIND!: string;

  /** A collector of OpenTelemetry traces. */
  @IsOptional()
  @IsUrl(URL_OPTIONS, {
    message:
      'ENISHI_OTLP_ENDPOINT must be the http(s) address of an OpenTelemetry collector, e.g. http://127.0.0.1:4318',
  })
  ENISHI_OTLP_ENDPOINT?: string;

  /** How often a checkpoint is signed at most, and how long an event waits for one. */
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_DIGEST_HOUR must be a whole hour' })
  @Min(0, { message: 'ENISHI_DIGEST_HOUR must be at least 0' })
  @Max(23, { message: 'ENISHI_DIGEST_HOUR must be at most 23' })
  ENISHI_DIGEST_HOUR!: number;

  /** Who gets the daily mail beside the officer. */
  @IsOptional()
  @ValidateBy(
    {
      name: 'areMailboxes',
      validator: { validate: (value) => readMailboxes(String(value)) !== undefined },
    },
    {
      message:
        'ENISHI_DIGEST_TO must be roles with their mailboxes, each once, e.g. hr=jinji@example.jp,operator=it@example.jp',
    },
  )
  ENISHI_DIGEST_TO?: string;

  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_ESCALATION_DAYS must be a whole number of days' })
  @Min(0, { message: 'ENISHI_ESCALATION_DAYS must be at least 0' })
  @Max(365, { message: 'ENISHI_ESCALATION_DAYS must be at most 365' })
  ENISHI_ESCALATION_DAYS!: number;

  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_CHECKPOINT_SECONDS must be a whole number of seconds' })
  @Min(1, { message: 'ENISHI_CHECKPOINT_SECONDS must be at least 1' })
  @Max(86_400, { message: 'ENISHI_CHECKPOINT_SECONDS must be at most 86400' })
  ENISHI_CHECKPOINT_SECONDS!: number;

  /** Where mail goes; it may hold a password. */
  @IsOptional()
  @ValidateBy(
    { name: 'isMailServer', validator: { validate: isMailServer } },
    {
      message:
        'ENISHI_SMTP must be the address of a mail server: smtp://user:password@mail.example.jp:587 (STARTTLS) or smtps://…:465',
    },
  )
  ENISHI_SMTP?: string;

  @IsOptional()
  @Matches(/^[^\s@<>]+@[^\s@<>]+$/, {
    message: 'ENISHI_MAIL_FROM must be an address without a name, e.g. enishi@example.jp',
  })
  ENISHI_MAIL_FROM?: string;

  /** A file that says what time it is; for trying out what time brings. */
  @IsOptional()
  @IsString()
  ENISHI_TEST_CLOCK?: string;

  /** Who cosigns checkpoints: keys and addresses. */
  @IsOptional()
  @ValidateBy(
    {
      name: 'areWitnesses',
      validator: {
        validate: (value, args) =>
          readWitnesses(String(value), loopbackIn(args!.object as ServerConfig)) !== undefined,
      },
    },
    {
      message:
        'ENISHI_WITNESSES must be "KEY https://…" for each witness, or KEY alone, several by comma, its key as NAME+ID+KEY for cosignatures',
    },
  )
  ENISHI_WITNESSES?: string;

  /** Who keeps checkpoints: addresses. */
  @IsOptional()
  @ValidateBy(
    {
      name: 'areKeepers',
      validator: {
        validate: (value, args) =>
          readKeepers(String(value), loopbackIn(args!.object as ServerConfig)) !== undefined,
      },
    },
    {
      message:
        'ENISHI_CHECKPOINT_KEEPERS must be https addresses, or mailto: addresses without more, several by comma, each once',
    },
  )
  ENISHI_CHECKPOINT_KEEPERS?: string;

  /** How often a keeper is posted a checkpoint at most. */
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_KEEPER_SECONDS must be a whole number of seconds' })
  @Min(1, { message: 'ENISHI_KEEPER_SECONDS must be at least 1' })
  @Max(2_678_400, { message: 'ENISHI_KEEPER_SECONDS must be at most 2678400' })
  ENISHI_KEEPER_SECONDS!: number;

  /** An authority that stamps checkpoints with the time. What it answers is signed: plain http will do. */
  @IsOptional()
  @ValidateBy(
    {
      name: 'isAuthority',
      validator: { validate: (value) => isOutsideAddress(String(value), { plain: true }) },
    },
    {
      message:
        'ENISHI_TIMESTAMP_AUTHORITY must be the http(s) address of a time-stamping authority (RFC 3161), without a name and password',
    },
  )
  ENISHI_TIMESTAMP_AUTHORITY?: string;

  /** A file of certificates that the authority's must lead to. */
  @IsOptional()
  @IsString()
  ENISHI_TIMESTAMP_CERTIFICATES?: string;

  /** How often a checkpoint is stamped at most. */
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_TIMESTAMP_SECONDS must be a whole number of seconds' })
  @Min(1, { message: 'ENISHI_TIMESTAMP_SECONDS must be at least 1' })
  @Max(2_678_400, { message: 'ENISHI_TIMESTAMP_SECONDS must be at most 2678400' })
  ENISHI_TIMESTAMP_SECONDS!: number;

  /** Plans that name more people than this are approved by somebody other than who made them. */
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_ERASURE_ALONE must be a whole number of people' })
  @Min(0, { message: 'ENISHI_ERASURE_ALONE must be at least 0: everybody needs a second person' })
  @Max(1_000_000, { message: 'ENISHI_ERASURE_ALONE must be at most 1000000' })
  ENISHI_ERASURE_ALONE!: number;

  /** For how long a file that names somebody erased brings nobody back. */
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'ENISHI_ERASURE_BLOCK_DAYS must be a whole number of days' })
  @Min(1, { message: 'ENISHI_ERASURE_BLOCK_DAYS must be at least 1' })
  @Max(36_525, { message: 'ENISHI_ERASURE_BLOCK_DAYS must be at most 36525' })
  ENISHI_ERASURE_BLOCK_DAYS!: number;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug'], {
    message: 'ENISHI_LOG must be fatal, error, warn, info or debug',
  })
  ENISHI_LOG!: string;
}

/** Settings that production must name itself, with what to do about each. */
const REQUIRED_IN_PRODUCTION: readonly (readonly [keyof ServerConfig, string])[] = [
  ['ENISHI_PUBLIC_URL', 'set it to the address people open, e.g. https://enishi.example.jp'],
  [
    'ENISHI_OIDC_ISSUER',
    'set it to the address of your identity provider; the development one is not loaded in production',
  ],
  ['ENISHI_OIDC_CLIENT_ID', 'register Enishi with your identity provider and set its client id'],
  [
    'ENISHI_KEYS',
    'set it to env:VARIABLE or mount:/path/to/master.key; the development key file is refused in production',
  ],
  ['ENISHI_EPOCHS', 'set it to a folder outside both databases and their backups'],
];

/**
 * Reads and checks all settings.
 * @param env the process environment
 * @throws ConfigError naming each wrong variable and its remedy
 */
export function readConfig(env: NodeJS.ProcessEnv): ServerConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) => name.startsWith('ENISHI_') && value !== undefined && value !== '',
    ),
  );
  const home = path.resolve(given.ENISHI_HOME ?? '.enishi');
  const mode = given.ENISHI_MODE ?? 'development';
  const port = given.ENISHI_PORT ?? '4310';
  const defaults = {
    ENISHI_MODE: mode,
    ENISHI_PORT: port,
    ENISHI_BIND: '127.0.0.1',
    ENISHI_PUBLIC_URL: `http://127.0.0.1:${port}`,
    ENISHI_ROLES: 'api,worker',
    ENISHI_KEYS: `file:${path.join(home, 'keys', 'master.key')}`,
    ENISHI_EPOCHS: path.join(home, 'epochs'),
    ENISHI_DRAIN_SECONDS: mode === 'production' ? '5' : '0',
    ENISHI_CHECKPOINT_SECONDS: '60',
    ENISHI_DIGEST_HOUR: '8',
    ENISHI_ESCALATION_DAYS: '3',
    ENISHI_KEEPER_SECONDS: '3600',
    ENISHI_TIMESTAMP_SECONDS: '3600',
    ENISHI_ERASURE_ALONE: '1',
    ENISHI_ERASURE_BLOCK_DAYS: '1827',
    ENISHI_METRICS_BIND: '127.0.0.1',
    ENISHI_SHREDS: path.join(given.ENISHI_EPOCHS ?? path.join(home, 'epochs'), 'shreds'),
    ENISHI_LOG: mode === 'production' ? 'info' : 'warn',
  };
  const config = plainToInstance(ServerConfig, { ...defaults, ...given, ENISHI_HOME: home });
  // What is made up from the port is as wrong as the port, and nobody set it.
  const problems = validateSync(config)
    .filter(({ property }) => property !== 'ENISHI_PUBLIC_URL' || given[property] !== undefined)
    .flatMap(({ constraints = {} }) => constraints['isInt'] ?? Object.values(constraints));
  if ((given.ENISHI_SMTP === undefined) !== (given.ENISHI_MAIL_FROM === undefined)) {
    const missing = given.ENISHI_SMTP === undefined ? 'ENISHI_SMTP' : 'ENISHI_MAIL_FROM';
    problems.push(`${missing} is missing: mail needs both, ENISHI_SMTP and ENISHI_MAIL_FROM`);
  }
  problems.push(...modeProblems(config, given));
  if (problems.length > 0) throw new ConfigError([...new Set(problems)]);
  return config;
}

function isMailServer(value: unknown): boolean {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') return false;
  const tls = url.searchParams.get('tls');
  return [...url.searchParams.keys()].every((key) => key === 'tls') && (tls === null || tls === 'none');
}

/** An address, or one with the length of its network behind it. */
function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.trim().split('/');
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  if (bits === undefined || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
}

function modeProblems(config: ServerConfig, given: Partial<Record<string, string>>): string[] {
  if (config.ENISHI_MODE === 'production') {
    const missing = REQUIRED_IN_PRODUCTION.filter(([name]) => given[name] === undefined);
    return [
      ...missing.map(([name, remedy]) => `${name} is missing: ${remedy}`),
      ...(config.ENISHI_TEST_CLOCK === undefined
        ? []
        : ['ENISHI_TEST_CLOCK must be left out in production: time there is the machine’s']),
    ];
  }
  if (!['127.0.0.1', '::1', 'localhost'].includes(config.ENISHI_BIND)) {
    return ['ENISHI_BIND must be 127.0.0.1 in development: the development identity provider lets anyone in'];
  }
  return [];
}
