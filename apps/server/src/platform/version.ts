import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { rootDir } from './paths.ts';

const manifest = z.object({ version: z.string() });

/** Version of this checkout. */
export const version = manifest.parse(JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8'))).version;
