/**
 * Data sets drawn from simulated towns: frames to train detectors with ({@link
 * io.azimuth.connectors.dataset.FrameSet}), pairs of scans to judge registration with ({@link
 * io.azimuth.connectors.dataset.PairSet}) and crops to train recognition with ({@link
 * io.azimuth.connectors.dataset.CropSet}), all in shards, reproducible and resumable.
 *
 * <p>A shard of frames is a folder of {@code .npy} files. {@code points} holds x, y, z (units of
 * {@code pointStepM}, sensor frame at measuring time) and intensity (0 .. 32767); {@code ring},
 * {@code time} (share of the sweep, 65536 = all of it) and {@code label} go with them; a label is a
 * box's {@code track}, or {@code -1 - i} for the manifest's surface {@code i}. {@code boxes} stand
 * at mid-sweep in the sensor's frame: centre, size, yaw, velocity over ground along the sensor's
 * axes, points on the object (0: nothing of it was seen), estimated occlusion, distance. {@code
 * index} says which points and boxes are a frame's, and how its sensor stood and moved: a point
 * measured at {@code s} of the sweep is brought to mid-sweep by {@code exp((s - 0.5) twist)}. Read
 * with NumPy alone:
 *
 * <pre>{@code
 * import json, sys, numpy as np
 * root = sys.argv[1]
 * manifest = json.load(open(root + "/manifest.json"))
 * step = manifest["pointStepM"]
 * frames = points = boxes = 0
 * for shard in manifest["shards"]:
 *     load = lambda name: np.load(f"{root}/{shard['name']}/{name}.npy", mmap_mode="r")
 *     xyzi, ring, label = load("points"), load("ring"), load("label")
 *     truth, index = load("boxes"), load("index")
 *     for f in index:
 *         part = slice(f["point_begin"], f["point_end"])
 *         xyz = xyzi[part, :3] * np.float32(step)
 *         seen = truth[f["box_begin"]:f["box_end"]]
 *         for box in seen[seen["points"] > 0]:
 *             on = xyz[label[part] == box["track"]]
 *             assert len(on) == box["points"]
 *             assert np.linalg.norm(on.mean(0) - [box["x"], box["y"], box["z"]]) < 12
 *         frames, points, boxes = frames + 1, points + len(xyz), boxes + len(seen)
 * assert frames == manifest["count"] and points == sum(s["points"] for s in manifest["shards"])
 * assert boxes == sum(s["boxes"] for s in manifest["shards"])
 * print(frames, points, boxes)
 * }</pre>
 *
 * <p>With a canvas ({@link io.azimuth.connectors.dataset.CanvasChoice}) a shard also holds {@code
 * canvas} (cells that were hit: {@code row * rangeBins + column}, and their 16 channels in half
 * precision, of the sweep brought to mid-sweep; see {@code PolarCanvas}), {@code canvas_index}
 * (which cells are a frame's) and {@code canvas_boxes} (one a box: z of the estimated ground under
 * its centre, and the mean time of its points as a share of the sweep).
 *
 * <p>With candidates a shard also holds what the first stage of the polar detector finds in each
 * sweep brought to mid-sweep: {@code candidates} (frame, index of the class, raw score, box over
 * the ground), {@code candidate_boxes} and {@code candidate_points} (as {@link
 * io.azimuth.perception.polar.CandidateSamples} gives them, points in half precision).
 *
 * <p>Of a set that was thinned or taken from a recorded drive ({@link
 * io.azimuth.connectors.dataset.DriveFrames}), {@code canvas_index} also says which beams and
 * columns and what share of the points are left, and in which sector of azimuth (radians) the boxes
 * are all there.
 *
 * <p>A crop set is also joined into one file of each kind: {@code points} (x, y, z, metres, in the
 * frame of the sensor when it measured them), {@code offsets} (first point of each crop, and the
 * end), {@code sensor} (where it stood), {@code label} (a line of {@code classes.txt}), {@code
 * heading} (where the front points about +z, NaN for background) and {@code group} (town or track:
 * to split by); {@code crops.csv} says the same and more in words. A crop holds what lies in a box
 * after it is grown by 10 %, at each face by 0.2 m at least, ground included. Of a lone set each
 * crop shows one object on empty ground, without its ground ({@code LoneShard}).
 *
 * <p>Not here: drives ({@code drive}), pictures of the histograms.
 */
@NullMarked
package io.azimuth.connectors.dataset;

import org.jspecify.annotations.NullMarked;
