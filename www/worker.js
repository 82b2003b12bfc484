// Computes for the page what would hold its frames.
//
// The page hands over its compiled module, so that nothing is fetched or compiled twice, and
// then jobs; what they find goes back in parts. Between two parts the worker looks for messages.
let module;
let started;
let isAsked = false;

const { port1: next, port2: asker } = new MessageChannel();
const ask = () => {
  if (!isAsked) {
    isAsked = true;
    asker.postMessage(null);
  }
};

// A worker that cannot go on says so by an answer without content.
const orLost = async (work) => {
  try {
    await work();
  } catch (error) {
    postMessage(null);
    throw error;
  }
};

next.onmessage = () =>
  orLost(() => {
    isAsked = false;
    const found = module.workOn();
    if (found) {
      postMessage(found, [found.buffer]);
      ask();
    }
  });

onmessage = ({ data }) =>
  orLost(async () => {
    if (data.module) {
      started = (async () => {
        module = await import(data.glue);
        await module.default({ module_or_path: data.module });
      })();
      await started;
      postMessage("ready");
      return;
    }
    await started;
    if (data.job) {
      module.beginJob(data.id, data.rank, data.link, data.own ?? undefined, data.job);
      ask();
    } else {
      module.endJob(data.id);
    }
  });
