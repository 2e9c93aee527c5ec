// Opens every film of jobs.json in this browser and posts what it sees: how long the film lasts, when each frame begins, and
// RGBA at the centre of every cell, in base64. For Tests/Acceptance/films.

const canvas = document.createElement('canvas');
const context = canvas.getContext('2d', {willReadFrequently: true});

function cells(picture, width, height, scale) {
  canvas.width = width;  // clears it, too
  canvas.height = height;
  context.drawImage(picture, 0, 0, width, height);
  const data = context.getImageData(0, 0, width, height).data;
  let found = '';
  for (let y = scale / 2; y < height; y += scale)
    for (let x = scale / 2; x < width; x += scale)
      for (let channel = 0; channel < 4; channel++) found += String.fromCharCode(data[4 * (y * width + x) + channel]);
  return btoa(found);
}

function event(target, name) {
  return new Promise((resolve, reject) => {
    target.addEventListener(name, resolve, {once: true});
    target.addEventListener('error', () => reject(new Error(target.error ? target.error.message : 'error')), {once: true});
  });
}

// Goes to the middle of every frame's time, and to half a frame after the last.
async function video(job) {
  const element = document.createElement('video');
  document.body.append(element);
  try {
    element.muted = true;
    const loaded = event(element, 'loadeddata');
    element.src = job.file;
    await loaded;
    const report = {size: [element.videoWidth, element.videoHeight], duration: element.duration, frames: []};
    for (let index = 0; index < job.frames; index++) {
      const seeked = event(element, 'seeked');
      element.currentTime = (index + 0.5) / job.rate;
      const shown = new Promise(resolve => element.requestVideoFrameCallback(resolve));
      await seeked;
      // Chromium says seeked a moment before the frame is there, and does not always tell when it is.
      await Promise.race([shown, new Promise(resolve => setTimeout(resolve, 1000))]);
      report.frames.push({cells: cells(element, ...report.size, job.scale)});
    }
    return report;
  } finally {
    element.removeAttribute('src');
    element.load();
    element.remove();
  }
}

// Every frame of an animation, and its first as a page's <img> shows it.
async function animation(job) {
  const element = document.createElement('img');
  element.src = job.file;
  await element.decode();
  const report = {size: [element.naturalWidth, element.naturalHeight], frames: []};
  report.shown = cells(element, ...report.size, job.scale);
  const data = await (await fetch(job.file)).arrayBuffer();
  const decoder = new ImageDecoder({data, type: job.type});
  await decoder.tracks.ready;
  await decoder.completed;
  const track = decoder.tracks.selectedTrack;
  let end = 0;
  for (let index = 0; index < track.frameCount; index++) {
    const {image} = await decoder.decode({frameIndex: index});
    report.frames.push({time: image.timestamp / 1e6, cells: cells(image, ...report.size, job.scale)});
    end = (image.timestamp + image.duration) / 1e6;
    image.close();
  }
  report.duration = end;
  return report;
}

async function stills(job) {
  const report = {frames: []};
  for (const file of job.files) {
    const element = document.createElement('img');
    element.src = file;
    await element.decode();
    report.size = [element.naturalWidth, element.naturalHeight];
    report.frames.push({cells: cells(element, ...report.size, job.scale)});
  }
  return report;
}

async function run() {
  for (const job of await (await fetch('jobs.json')).json()) {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('no answer for 120 s')), 120_000));
    let report;
    try {
      report = await Promise.race([{video, animation, stills}[job.way](job), late]);
    } catch (error) {
      report = {error: String(error)};
    }
    await fetch('report', {method: 'POST', body: JSON.stringify({name: job.name, ...report})});
  }
}
run();
