"""What the lessons import. Every module here can be read in one sitting; arrows point one way.

Plain arrays in, plain numbers out (NumPy only):

data        load_digits, load_mnist, one_hot: the examples, and the only code that knows a path
features    hog_features: what a person decided to measure in a picture
mnist       its four files: read, or downloaded, and checked; data says from where
losses      softmax, mean_squared_error, cross_entropy_error
batches     sample_batch (the random draw), shuffled_batches (one epoch)
gradients   numerical_gradient, gradient_descent
models      a small network: its predictions and their gradient
language    speak, say: what the helpers say, in English or Chinese
training    train: one record a step; prints nothing, draws nothing
postcode    the six digits on a letter, and the network that misreads one of them

What is seen:

figures     draw_...(ax, ...): Matplotlib on a given ax; the colours; figures.mplstyle is the look
panels      the panels of the lessons: one call, one panel
widgets     Panel: controls, one kept figure, a function that updates it; Prediction: bars to drag

What answers:

checks      check(question, answer): says what was probably done and asks what leads on; what is
            right, and which slips are known, is data in questions/, built from lessons/questions

Who imports whom; all import NumPy, and where no arrow starts, nothing else:

losses -> language
batches -> language
features -> language
gradients -> language
data -> language, mnist, pooch
mnist -> language, pooch, requests, tqdm
models -> language, losses
training -> batches, language
postcode -> data, models, training
figures -> matplotlib
widgets -> figures, language, IPython, PIL, anywidget, matplotlib, traitlets
panels -> figures, language, widgets, matplotlib
checks -> data, language
"""
