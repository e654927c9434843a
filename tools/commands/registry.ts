/** Every verb. The order here is the order in help, manual and README. */
import { apply } from './apply.ts';
import { bisect } from './bisect.ts';
import { cacheCat, cacheGc, cacheStat, cacheVerify } from './cache.ts';
import { check } from './check.ts';
import { completion } from './completion.ts';
import { deps } from './deps.ts';
import { diffstat } from './diffstat.ts';
import { doctor } from './doctor.ts';
import { exportVerb } from './export.ts';
import { extract } from './extract.ts';
import { files } from './files.ts';
import { globals } from './globals.ts';
import { header } from './header.ts';
import { help } from './help.ts';
import { importVerb } from './import.ts';
import { maintainers } from './maintainers.ts';
import { man } from './man.ts';
import { merge } from './merge.ts';
import { modelBench, modelBuild, modelRun, modelTest } from './model.ts';
import { prepare } from './prepare.ts';
import { rangeDiff } from './range-diff.ts';
import { send } from './send.ts';
import { series } from './series.ts';
import { show } from './show.ts';
import { thread } from './thread.ts';
import { trust } from './trust.ts';
import { type AnyVerb, entry } from './types.ts';

export const VERBS: readonly AnyVerb[] = [
  entry(prepare, () => import('./run/prepare.ts')),
  entry(series, () => import('./run/series.ts')),
  entry(show, () => import('./run/show.ts')),
  entry(files, () => import('./run/files.ts')),
  entry(header, () => import('./run/header.ts')),
  entry(diffstat, () => import('./run/diffstat.ts')),
  entry(apply, () => import('./run/apply.ts')),
  entry(importVerb, () => import('./run/import.ts')),
  entry(exportVerb, () => import('./run/export.ts')),
  entry(check, () => import('./run/check.ts')),
  entry(merge, () => import('./run/merge.ts')),
  entry(bisect, () => import('./run/bisect.ts')),
  entry(deps, () => import('./run/deps.ts')),
  entry(globals, () => import('./run/globals.ts')),
  entry(extract, () => import('./run/extract.ts')),
  entry(rangeDiff, () => import('./run/range-diff.ts')),
  entry(thread, () => import('./run/thread.ts')),
  entry(send, () => import('./run/send.ts')),
  entry(maintainers, () => import('./run/maintainers.ts')),
  entry(modelBuild, () => import('./run/model-build.ts')),
  entry(modelRun, () => import('./run/model-run.ts')),
  entry(modelTest, () => import('./run/model-test.ts')),
  entry(modelBench, () => import('./run/model-bench.ts')),
  entry(trust, () => import('./run/trust.ts')),
  entry(cacheStat, () => import('./run/cache-stat.ts')),
  entry(cacheVerify, () => import('./run/cache-verify.ts')),
  entry(cacheGc, () => import('./run/cache-gc.ts')),
  entry(cacheCat, () => import('./run/cache-cat.ts')),
  entry(doctor, () => import('./run/doctor.ts')),
  entry(help, () => import('./run/help.ts')),
  entry(man, () => import('./run/man.ts')),
  entry(completion, () => import('./run/completion.ts')),
];
