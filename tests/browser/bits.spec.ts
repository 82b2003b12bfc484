// One core: the browser computes the numbers of the command line, bit for bit.

import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

import { openModule, type Bindings } from './module';
import { expect, test } from './page';

const root = resolve(__dirname, '../..');

/** The program of examples/trajectory. */
let program = process.env.DESCENT_TRAJECTORY;

/** Builds it, and finds where it was put. */
function build() {
  const build = ['build', '--quiet', '--example', 'trajectory', '--message-format=json'];
  const told = execFileSync('cargo', build, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const made = told.trim().split('\n').map((line) => JSON.parse(line) as { executable?: string });
  return made.map(({ executable }) => executable).filter(Boolean).at(-1);
}

function native(link: string) {
  return spawnSync(program!, [link], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** A number of the command line; Rust writes inf where JavaScript writes Infinity. */
function read(text: string) {
  return text.endsWith('inf') ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
}

/** The columns of the command line's table and its last line. */
function nativeTrajectory(link: string) {
  const { status, stdout, stderr } = native(link);
  expect(status, stderr).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  const names = lines[0].split(',');
  const outcome = /^# run 0: (\w+) at step (\d+)$/.exec(lines.at(-1)!)!;
  const rows = lines.slice(1, -1).map((line) => line.split(','));
  const column = (name: string) => {
    const index = names.indexOf(name);
    return index < 0 ? [] : rows.map((row) => read(row[index]));
  };
  return {
    lr: column('lr'), loss: column('loss'), gradNorm: column('grad_norm'),
    // Of more than two parameters the page hands out the first two.
    x: column(names.includes('w0') ? 'w0' : 'x'), y: column(names.includes('w1') ? 'w1' : 'y'),
    outcome: outcome[1], outcomeStep: Number(outcome[2]),
  };
}

type Columns = Omit<ReturnType<typeof nativeTrajectory>, 'outcome' | 'outcomeStep'>;

/** The first number whose bits differ, told in words; the sign of a zero counts. */
function difference(one: Columns, other: Columns) {
  for (const name of ['lr', 'loss', 'gradNorm', 'x', 'y'] as const) {
    if (one[name].length !== other[name].length) {
      return `${name}: ${one[name].length} and ${other[name].length} numbers`;
    }
    const step = one[name].findIndex((value, index) => !Object.is(value, other[name][index]));
    if (step >= 0) return `${name} at step ${step}: ${one[name][step]} and ${other[name][step]}`;
  }
  return '';
}

test.beforeAll(() => {
  test.setTimeout(300_000);
  // Built here, so that no test is charged with the compiler's time.
  program ??= build();
  expect(program).toBeTruthy();
});

test('every loss, rule, schedule, clip and precision, converging and diverging', async ({ lab, page }) => {
  await lab.open('#v=1');
  const losses = await page.locator('#loss option').evaluateAll(
    (options) => options.map((option) => (option as HTMLOptionElement).value),
  );
  const links = losses.flatMap((loss) => [0.001, 0.05, 3].map((rate) => `#v=1&loss=${loss}&steps=300&run=sgd,lr=${rate}`));
  links.push(
    '#v=1&loss=quadratic,kappa=37.5,angle=33&start=-7.1,2.3&steps=400&run=sgd,lr=0.0171',
    '#v=1&loss=quadratic,kappa=1000,angle=-71&steps=400&run=sgd,lr=0.0021',
    '#v=1&loss=ackley&start=3.3,-2.7&steps=400&run=sgd,lr=0.11',
    '#v=1&loss=rastrigin&start=1.7,-1.35&steps=400&run=sgd,lr=0.006',
    '#v=1&loss=gaussian_well,width=0.7&start=0.9,-0.4&steps=400&run=sgd,lr=0.4',
    '#v=1&loss=deep_chain,depth=17&start=0.9,1.1&steps=400&run=sgd,lr=0.03',
    '#v=1&loss=rosenbrock,a=1.5,b=50&start=-1.1,0.7&steps=4000&run=sgd,lr=0.0011',
    '#v=1&preset=exploding',
    '#v=1&loss=quadratic&run=sgd,lr=1e300',
    '#v=1&loss=booth&run=sgd,lr=5e-324',
  );
  const rules = (name: string) => page.locator(`.run-${name} option`).evaluateAll(
    (options) => options.map((option) => (option as HTMLOptionElement).value),
  );
  const [optimizers, schedules] = [await rules('optimizer'), await rules('schedule')];
  expect([optimizers.length, schedules.length]).toEqual([17, 8]);
  links.push(
    ...optimizers.map((rule) => `#v=1&loss=rosenbrock&steps=300&run=${rule},lr=0.01`),
    ...schedules.map((rule) => `#v=1&loss=himmelblau&steps=300&run=sgd,lr=0.01,schedule=${rule},warmup=7`),
    ...['norm', 'value', 'unit'].map((clip) => `#v=1&loss=beale&run=momentum,lr=0.01,clip=${clip}`),
    ...['norm', 'value'].map((rule) => `#v=1&loss=booth&run=momentum,lr=0.05,constrain=${rule},constrain_at=2`),
    ...['f32', 'bf16', 'f16'].flatMap((precision) =>
      ['sgd', 'adam', 'lbfgs'].map((rule) => `#v=1&loss=booth&precision=${precision}&run=${rule},lr=0.03`)),
    '#v=1&noise=0.7&seed=18446744073709551615&run=nadam,lr=0.1',
    '#v=1&loss=linear_regression,data=line_2x1_seed0&batch=16&seed=5&run=momentum,lr=0.02',
    '#v=1&loss=linear_regression&batch=1..full&steps=777&seed=5&run=adam,lr=0.02',
    '#v=1&loss=logistic_regression,standardize=1&batch=60..3&order=sequential&noise=0.1&run=nesterov,lr=0.02,ascent=1',
    ...['absolute', 'huber'].flatMap((error) => [0.0001, 0.05, 3].map((rate) =>
      `#v=1&loss=linear_regression,error=${error},l1=0.1&steps=300&run=sgd,lr=${rate}`)),
    ...['', ',intercept=0,error=huber', ',error=absolute,standardize=1'].map((knobs) =>
      `#v=1&loss=linear_regression,data=line,count=37,noise=0.7,outliers=0.2,data_seed=9${knobs}&run=adam,lr=0.1`),
    ...['blobs', 'moons', 'circles'].map((data) =>
      `#v=1&loss=logistic_regression,data=${data},count=51,outliers=0.1,l2=0.01&batch=2..full&run=sgd,lr=0.5`),
    ...['degree=1', 'degree=6,basis=chebyshev,l1=0.01', 'degree=12,l2=0.1,split=3', 'error=absolute', 'error=huber,held_out=0',
      'data=penguins,degree=4'].flatMap((knobs) => [0.002, 0.1].map((rate) =>
      `#v=1&loss=polynomial_regression,${knobs}&batch=4&steps=300&run=momentum,lr=${rate},average=0.5`)),
    ...['linear', 'sigmoid', 'tanh', 'relu', 'leaky_relu', 'gelu'].flatMap((activation) =>
      ['normal,sigma=0.7', 'xavier', 'he', 'orthogonal,gain=1.3'].map((init) =>
        `#v=1&loss=network,data=spirals,depth=5,width=11,activation=${activation},init=${init}&steps=60&run=adam,lr=0.02`)),
    ...['moons,error=squared,l2=0.01', 'circles,bias=0,l1=0.01', 'blobs,depth=50,width=5', 'penguins,depth=8,width=32',
      'wave,depth=1', 'line,width=2', 'penguins_mass,standardize=0'].flatMap((data) => [0.01, 1].map((rate) =>
      `#v=1&loss=network,data=${data}&batch=17&noise=0.01&steps=50&run=momentum,lr=${rate},clip=norm`)),
    ...['f32', 'bf16'].map((precision) => `#v=1&loss=network&precision=${precision}&steps=100&run=lbfgs,lr=0.1`),
    ...['', ',intercept=0,l1=0.2', ',error=huber,standardize=features'].map((knobs) =>
      `#v=1&loss=linear_regression,data=own${knobs},features=2&points=1,2,3;2,1,5;4,4,1;0.5,3,2&batch=3&run=adam,lr=0.1`),
    '#v=1&loss=logistic_regression,intercept=1,standardize=1&run=sgd,lr=1',
    '#v=1&loss=logistic_regression,data=own,intercept=1&points=0.5,0;1,0;1.5,1;2,0;3,1&run=newton',
    '#v=1&loss=linear_regression,data=own&points=1,2;2,4.5;-3,1e3;7,7&batch=3&order=sequential&run=sgd,lr=0.01,ascent=1,average=0.3',
  );
  await openModule(page);
  const outcomes = new Set<string>();
  let numbers = 0;
  for (const link of links) {
    const browser = await page.evaluate((link) => {
      const run = (window as unknown as { lab: Bindings }).lab.trajectory(link);
      const list = (values?: Float64Array) => Array.from(values ?? []);
      return {
        lr: list(run.lr), loss: list(run.loss), gradNorm: list(run.gradNorm), x: list(run.x), y: list(run.y),
        outcome: run.outcome, outcomeStep: run.outcomeStep,
      };
    }, link);
    const here = nativeTrajectory(link);
    expect.soft(difference(browser, here), link).toBe('');
    expect.soft([browser.outcome, browser.outcomeStep], link).toEqual([here.outcome, here.outcomeStep]);
    outcomes.add(here.outcome);
    numbers += 3 * here.loss.length + 2 * here.x.length;
  }
  expect(outcomes).toContain('diverges');
  expect(outcomes).toContain('converges');
  console.log(`      ${numbers} numbers of ${links.length} links`);
});

test('the page offers the function, too', async ({ lab, page }) => {
  await lab.open('#v=1');
  const run = await page.evaluate(() => {
    const { wasmBindings } = window as unknown as { wasmBindings: Bindings };
    const run = wasmBindings.trajectory('#v=1&loss=booth&steps=50&run=sgd,lr=0.01');
    return { kind: run.x.constructor.name, count: run.x.length, outcome: run.outcome };
  });
  expect(run).toEqual({ kind: 'Float64Array', count: 51, outcome: expect.any(String) });
});

test('a loss of one parameter has no y', async ({ page }) => {
  await openModule(page);
  const keys = await page.evaluate(() =>
    Object.keys((window as unknown as { lab: Bindings }).lab.trajectory('#v=1&loss=parabola')));
  expect(keys).toContain('x');
  expect(keys).not.toContain('y');
});

test('a bad link throws an Error with the words of the command line', async ({ page }) => {
  await openModule(page);
  for (const link of ['#v=1&loss=mystery', '#v=1&loss=booth&run=sgd,lr=-1&steps=0', '#v=1&colour=red', '#%zz']) {
    const told = await page.evaluate((link) => {
      try {
        (window as unknown as { lab: Bindings }).lab.trajectory(link);
        return 'nothing was thrown';
      } catch (error) {
        return error instanceof Error ? error.message : 'no Error';
      }
    }, link);
    const here = native(link);
    expect(here.status, link).toBe(2);
    expect(told, link).toBe(here.stderr.trimEnd());
  }
});
